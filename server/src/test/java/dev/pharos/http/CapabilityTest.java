package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.capability.CapabilityChange;
import dev.pharos.capability.CapabilityStore.NumberedChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a server offers, and how that changed. */
class CapabilityTest {
  private static final String OWN = "/api/v1/servers/alpha/capabilities";

  private WebFixture web;

  @BeforeEach
  void start() {
    web = new WebFixture();
    web.add("alpha", "");
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void before_the_first_look_nothing_is_known() {
    var answer = web.get(OWN);

    assertThat(answer.headers().firstValue("X-Cache")).hasValue("miss");
    assertThat(answer.body())
        .isEqualTo(
            "{\"server\":\"alpha\",\"snapshot\":null,\"seen_at\":null,\"cached_at\":null,"
                + "\"tools\":null,\"prompts\":null,\"resources\":null,"
                + "\"resource_templates\":null}");
  }

  @Test
  void lists_come_as_the_server_gave_them_and_say_where_from() {
    web.snapshot = WebFixture.snapshot();
    var cached = web.get(OWN);
    web.cacheHit = false;
    var read = web.get(OWN);
    JsonNode json = WebFixture.json(cached);

    assertThat(cached.headers().firstValue("X-Cache")).hasValue("hit");
    assertThat(read.headers().firstValue("X-Cache")).hasValue("miss");
    assertThat(json.path("tools").toString()).isEqualTo("[{\"name\":\"echo\",\"inputSchema\":{}}]");
    assertThat(json.path("prompts").isNull()).isTrue();
    assertThat(json.path("resources").size()).isZero();
    assertThat(json.path("cached_at").asString()).isEqualTo("2026-11-02T10:00:00Z");
    assertThat(read.body()).isEqualTo(cached.body());
  }

  @Test
  void changes_come_newest_first_in_pages_with_old_and_new_text() {
    for (int i = 9; i >= 1; i--) {
      web.changes.add(
          new NumberedChange(
              i,
              new CapabilityChange(
                  Seen.NOW,
                  "tools",
                  i == 1 ? "added" : "changed",
                  "echo",
                  i == 1 ? null : "{\"v\":" + (i - 1) + "}",
                  "{\"v\":" + i + "}")));
    }
    List<Integer> ids = new ArrayList<>();
    String cursor = "";
    JsonNode page;
    do {
      page = web.ok(OWN + "/changes?limit=4" + cursor);
      page.path("changes").forEach(change -> ids.add(change.path("id").asInt()));
      cursor = "&cursor=" + page.path("next_cursor").asString();
    } while (!page.path("next_cursor").isNull());

    assertThat(ids).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
    JsonNode first = page.path("changes").path(0);
    assertThat(first.path("before").isNull()).isTrue();
    assertThat(first.path("after").path("v").asInt()).isEqualTo(1);
  }
}
