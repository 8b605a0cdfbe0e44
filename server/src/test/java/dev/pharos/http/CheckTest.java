package dev.pharos.http;

import static dev.pharos.http.WebFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Outcome;
import dev.pharos.http.Looks.Called;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Looks that people ask for, and tools that they run. */
class CheckTest {
  private WebFixture web;

  @BeforeEach
  void start() {
    web = new WebFixture();
    web.add("alpha", ",\"auth_type\":\"bearer\",\"auth_config\":{\"token\":\"open sesame\"}");
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void a_check_answers_with_its_whole_result() {
    JsonNode result = web.ok("POST", "/api/v1/servers/alpha/check", null);

    assertThat(result.path("target").asString()).isEqualTo("alpha");
    assertThat(result.path("health_status").asString()).isEqualTo("healthy");
    assertThat(result.path("stages").size()).isEqualTo(2);
    assertThat(result.path("response_time_ms").asDouble()).isEqualTo(43.21);
    assertThat(result.path("tool_count").asInt()).isEqualTo(13);
  }

  @Test
  void a_failed_check_is_an_answer_too_and_hides_what_the_server_repeats() {
    web.looks.outcome = Seen.refused("no such token: open sesame");
    JsonNode result = web.ok("POST", "/api/v1/servers/alpha/check", null);

    assertThat(result.path("health_status").asString()).isEqualTo("unhealthy");
    assertThat(result.path("reason").toString())
        .isEqualTo(
            "{\"stage\":\"connect\",\"kind\":\"refused\",\"message\":\"no such token: ••••\"}");
  }

  @Test
  void a_check_that_runs_tells_its_stages_so_far() {
    String path = "/api/v1/servers/alpha/check/stages";
    assertThat(web.ok("GET", path, null).toString()).isEqualTo("{\"stages\":[]}");

    web.looks.progress = List.of(new StageTime(Stage.DNS, 410), new StageTime(Stage.LIST, 9_500));

    assertThat(web.ok("GET", path, null).toString())
        .isEqualTo(
            "{\"stages\":[{\"stage\":\"dns\",\"us\":410},{\"stage\":\"list\",\"us\":9500}]}");
  }

  @Test
  void our_own_fault_is_no_verdict() {
    web.looks.outcome = new Outcome.Inconclusive(Seen.observation(), "no file handles left");
    JsonNode result = web.ok("POST", "/api/v1/servers/alpha/check", null);

    assertThat(result.path("health_status").asString()).isEqualTo("unknown");
    assertThat(result.path("reason").path("kind").asString()).isEqualTo("inconclusive");
  }

  @Test
  void a_draft_is_looked_at_and_nothing_is_saved() {
    JsonNode result =
        web.ok(
            "POST",
            "/api/v1/servers/discover",
            "{\"url\":\"http://h.test/mcp\",\"timeout_seconds\":3}");

    assertThat(result.path("health_status").asString()).isEqualTo("healthy");
    assertThat(web.looks.looked.getLast().timeout().toSeconds()).isEqualTo(3);
    assertThat(web.fleet.all()).hasSize(1);
    assertThat(web.fleet.newest()).isEqualTo(1);
  }

  @Test
  void the_whole_fleet_is_refreshed_in_the_background() {
    var started = web.send("POST", "/api/v1/servers/check", null);
    String place = started.headers().firstValue("Location").orElseThrow();

    assertThat(started.statusCode()).isEqualTo(202);
    assertThat(WebFixture.json(started).path("total").asInt()).isEqualTo(3);
    assertThat(web.ok(place).path("state").asString()).isEqualTo("running");
    assertThat(web.ok(place).path("done").asInt()).isEqualTo(1);
    assertThat(web.ok("DELETE", place, null).path("state").asString()).isEqualTo("stopped");
    assertThat(web.get("/api/v1/servers/check/8").statusCode()).isEqualTo(404);
    assertThat(web.send("DELETE", "/api/v1/servers/check/8", null).statusCode()).isEqualTo(404);
  }

  @Test
  void a_circuit_is_reset_by_hand() {
    assertThat(
            web.ok("POST", "/api/v1/servers/alpha/circuit/reset", null)
                .path("circuit_state")
                .asString())
        .isEqualTo("closed");
    assertThat(web.heard).containsExactly("added alpha", "circuit reset alpha");
  }

  @Test
  void a_tool_is_run_with_its_arguments() {
    web.looks.answer = new Called("{\"content\":[],\"said\":\"open sesame\"}", true, 1_500, null);
    JsonNode answer =
        web.ok("POST", "/api/v1/servers/alpha/tools/a%20b/call", "{\"arguments\":{\"x\":[1]}}");

    assertThat(web.looks.called).containsExactly("alpha a b {\"x\":[1]} anonymous");
    assertThat(answer.path("is_error").asBoolean()).isTrue();
    assertThat(answer.path("response_time_ms").asDouble()).isEqualTo(1.5);
    assertThat(answer.path("result").path("said").asString()).isEqualTo("••••");
    assertThat(answer.path("reason").isNull()).isTrue();
  }

  @Test
  void a_tool_that_could_not_be_run_says_why() {
    web.looks.answer =
        new Called(null, false, 9, new Failure(Stage.CALL, FailureKind.TIMEOUT, "took too long"));
    JsonNode answer = web.ok("POST", "/api/v1/servers/alpha/tools/x/call", null);

    assertThat(answer.path("result").isNull()).isTrue();
    assertThat(answer.path("reason").path("stage").asString()).isEqualTo("call");
  }

  @Test
  void a_link_of_another_site_runs_nothing() {
    var answer =
        web.send("POST", "/api/v1/servers/alpha/tools/x/call", "{}", "Origin", "http://evil.test");

    assertThat(problem(answer)).isEqualTo("foreign_origin");
    assertThat(web.looks.called).isEmpty();
  }
}
