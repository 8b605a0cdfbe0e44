package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.view.ResultView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultViewTest {
  @Test
  void a_passed_look_has_every_field_in_its_order() {
    assertThat(ResultView.of(Looks.TARGET, Looks.healthy()).toString())
        .isEqualTo(
            """
            {"target":"http://localhost:3001/mcp","health_status":"healthy",\
            "transport":"streamable-http","protocol_version":"2025-11-25",\
            "server_info":{"name":"everything","title":null,"version":"2.0.0"},\
            "stages":[{"stage":"dns","us":410},{"stage":"connect","us":1200},\
            {"stage":"http","us":12000},{"stage":"handshake","us":20100},{"stage":"list","us":9500}],\
            "response_time_ms":43.21,"tool_count":13,"prompt_count":4,"resource_count":7,\
            "resource_template_count":1,"certificate":null,"reason":null,"findings":[],\
            "checked_at":"2026-11-02T10:00:00Z","era":"session","url":null}\
            """);
  }

  @Test
  void what_is_not_known_is_null() {
    JsonNode view = ResultView.of(Looks.TARGET, Looks.refused("nothing listens there"));

    assertThat(view.path("health_status").asString()).isEqualTo("unhealthy");
    assertThat(view.path("reason").toString())
        .isEqualTo(
            "{\"stage\":\"connect\",\"kind\":\"refused\",\"message\":\"nothing listens there\"}");
    for (String field :
        List.of(
            "transport",
            "protocol_version",
            "server_info",
            "tool_count",
            "prompt_count",
            "resource_count",
            "resource_template_count",
            "certificate",
            "era")) {
      assertThat(view.has(field)).as(field).isTrue();
      assertThat(view.path(field).isNull()).as(field).isTrue();
    }
  }

  @Test
  void certificate_findings_and_the_other_verdicts_are_told() {
    JsonNode secure =
        ResultView.of(
            Looks.TARGET, new Outcome.Passed(Looks.seen(Looks.secure("https://h/"), List.of())));
    JsonNode degraded = ResultView.of(Looks.TARGET, Looks.degraded());
    JsonNode unclear = ResultView.of(Looks.TARGET, Looks.inconclusive());

    assertThat(secure.path("certificate").toString())
        .isEqualTo(
            "{\"subject\":\"CN=example.com\",\"issuer\":\"CN=R11\","
                + "\"not_after\":\"2027-01-04T15:00:00Z\"}");
    assertThat(secure.path("url").asString()).isEqualTo("https://h/");
    assertThat(degraded.path("findings").toString())
        .isEqualTo("[{\"kind\":\"no_session\",\"message\":\"the server offers no session id\"}]");
    assertThat(degraded.path("reason").path("kind").asString()).isEqualTo("list_error");
    assertThat(unclear.path("health_status").asString()).isEqualTo("unknown");
    assertThat(unclear.path("reason").path("kind").asString()).isEqualTo("inconclusive");
  }

  @Test
  void a_server_that_was_not_seen_has_the_same_fields() {
    assertThat(ResultView.unseen("x", "disabled", "switched off").propertyNames())
        .containsExactlyElementsOf(ResultView.of(Looks.TARGET, Looks.healthy()).propertyNames());
  }

  @Test
  void a_secret_that_the_server_repeats_is_masked() {
    Target target =
        new Target(
            "http://localhost:3001/mcp?token=canary-query",
            Looks.TARGET.transport(),
            new Credentials.Bearer(new Secret("canary-token")),
            Map.of(),
            Looks.TARGET.expect(),
            Looks.TARGET.timeout());
    String view = ResultView.of(target, Looks.refused("unknown token canary-token")).toString();

    assertThat(view).contains("unknown token ••••").doesNotContain("canary");
  }

  @Test
  void json_of_the_command_is_one_object_and_can_be_read_back() {
    TestShell shell = new TestShell();
    Outcome hostile = Looks.called("a\u202e\u009b\u2028\ud83d\ude00", List.of());

    assertThat(shell.run((_, _) -> hostile, "check", "http://h/", "--json")).isZero();
    assertThat(shell.out()).doesNotContain("\u202e", "\u009b", "\u2028").contains("\ud83d\ude00");
    assertThat(
            JsonMapper.shared().readTree(shell.out()).path("server_info").path("name").asString())
        .isEqualTo("a\u202e\u009b\u2028\ud83d\ude00");
  }
}
