package dev.pharos.http;

import static dev.pharos.http.WebFixture.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.settings.RuntimeSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Settings that are changed while the monitor runs. */
class ConfigTest {
  private WebFixture web;

  @BeforeEach
  void start() {
    web = new WebFixture();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void every_group_is_given_whole() {
    for (String key : RuntimeSettings.keys()) {
      JsonNode group = web.ok("/api/v1/config/" + key);
      assertThat(group.propertyNames()).containsExactlyElementsOf(RuntimeSettings.names(key));
      assertThat(web.ok("PUT", "/api/v1/config/" + key, group.toString())).isEqualTo(group);
    }
    assertThat(web.fleet.newest()).isZero();
  }

  @Test
  void all_groups_come_together_with_what_the_file_fixes() {
    web.settings.fix(Map.of("limits", Json.object().put("max_per_host", 8)));

    JsonNode groups = web.ok("/api/v1/config").path("groups");
    assertThat(groups)
        .extracting(group -> group.path("key").asString())
        .containsExactlyElementsOf(RuntimeSettings.keys());
    for (JsonNode group : groups) {
      String key = group.path("key").asString();
      assertThat(group.path("values")).isEqualTo(web.ok("/api/v1/config/" + key));
      String fixed = key.equals("limits") ? "[\"max_per_host\"]" : "[]";
      assertThat(group.path("fixed").toString()).isEqualTo(fixed);
    }
  }

  @Test
  void what_is_put_holds_at_once_and_is_told() {
    JsonNode now = web.ok("PUT", "/api/v1/config/health_check", "{\"fail_after\":4}");

    assertThat(now.path("fail_after").asInt()).isEqualTo(4);
    assertThat(now.path("interval_seconds").asInt()).isEqualTo(60);
    assertThat(web.settings.current().health().failAfter()).isEqualTo(4);
    assertThat(web.ok("/api/v1/config/health_check")).isEqualTo(now);
    JsonNode told = web.ok("/api/v1/events").path("events").path(0);
    assertThat(told.path("fields").toString()).isEqualTo("[\"health_check.fail_after\"]");
    assertThat(told.path("actor").asString()).isEqualTo("anonymous");
  }

  @Test
  void of_a_change_with_one_mistake_nothing_is_taken() {
    var answer =
        web.send(
            "PUT", "/api/v1/config/limits", "{\"max_in_flight\":5,\"max_per_host\":0,\"speed\":1}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(wrong(answer)).containsExactlyInAnyOrder("max_per_host", "speed");
    assertThat(web.ok("/api/v1/config/limits").path("max_in_flight").asInt()).isEqualTo(256);
  }

  @Test
  void there_are_no_other_groups() {
    for (var answer :
        List.of(web.get("/api/v1/config/x"), web.send("PUT", "/api/v1/config/x", "{}"))) {
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("health_check").doesNotContain("\"x\"");
    }
  }
}
