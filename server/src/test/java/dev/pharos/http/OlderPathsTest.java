package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Health;
import dev.pharos.testing.Fleets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The paths of the system that Pharos succeeds. */
class OlderPathsTest {
  private static final String TOOLS = "/api/v1/mcp/tools";

  private static WebFixture web;

  @BeforeAll
  static void start() {
    web = new WebFixture();
    web.snapshot = WebFixture.snapshot();
    web.add("alpha", ",\"auth_type\":\"bearer\",\"auth_config\":{\"token\":\"open sesame\"}");
    web.add("down", "");
    web.fleet.saw("down", Fleets.memory(Health.UNHEALTHY, Seen.NOW), Seen.lastSeen());
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  @Test
  void the_list_is_the_list() {
    assertThat(web.ok(TOOLS + "/servers?limit=1")).isEqualTo(web.ok("/api/v1/servers?limit=1"));
    assertThat(web.get(TOOLS + "/servers?limit=0").statusCode()).isEqualTo(400);
  }

  @Test
  void capabilities_are_capabilities() {
    var older = web.get(TOOLS + "/capabilities?server=alpha");

    assertThat(WebFixture.json(older)).isEqualTo(web.ok("/api/v1/servers/alpha/capabilities"));
    assertThat(older.headers().firstValue("X-Cache")).hasValue("hit");
    assertThat(web.get(TOOLS + "/capabilities?server=beta").statusCode()).isEqualTo(404);
    assertThat(WebFixture.wrong(web.get(TOOLS + "/capabilities"))).containsExactly("server");
  }

  @Test
  void health_is_told_as_it_is_known() {
    assertThat(web.ok(TOOLS + "/health/alpha").toString())
        .isEqualTo(
            "{\"healthy\":true,\"tool_count\":13,\"response_time_ms\":43.21,"
                + "\"last_check\":\"2026-11-02T10:00:00Z\",\"error\":null,"
                + "\"circuit_state\":\"closed\"}");
    JsonNode down = web.ok(TOOLS + "/health/down");
    assertThat(down.path("healthy").asBoolean()).isFalse();
    assertThat(down.path("error").asString()).contains("refused");
    assertThat(web.get(TOOLS + "/health/beta").statusCode()).isEqualTo(404);
  }

  @Test
  void a_post_looks_and_tells_what_it_saw() {
    web.looks.outcome = Seen.refused("wrong token open sesame");
    JsonNode seen = web.ok("POST", TOOLS + "/health/alpha", null);

    assertThat(seen.path("healthy").asBoolean()).isFalse();
    assertThat(seen.path("error").asString()).isEqualTo("wrong token ••••");
    assertThat(web.send("POST", TOOLS + "/health/beta", null).statusCode()).isEqualTo(404);
  }

  @Test
  void a_reload_looks_at_all() {
    var answer = web.send("POST", TOOLS + "/reload", null);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/servers/check/7");
  }
}
