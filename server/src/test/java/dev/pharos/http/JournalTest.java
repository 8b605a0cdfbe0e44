package dev.pharos.http;

import static dev.pharos.http.WebFixture.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.FleetEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The journal, read forwards and backwards. */
class JournalTest {
  private static final int EVENTS = 23;

  private static WebFixture web;

  @BeforeAll
  static void start() {
    web = new WebFixture();
    for (int i = 1; i <= EVENTS; i++) {
      web.publish(
          i % 5 == 0
              ? new FleetEvent.MonitorChanged(Seen.NOW, "live", "all is well")
              : new FleetEvent.ConfigChanged(
                  Seen.NOW, i % 2 == 0 ? "alpha" : "beta", "updated", List.of("url"), "me"));
    }
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static List<Integer> ids(JsonNode page) {
    List<Integer> ids = new ArrayList<>();
    page.path("events").forEach(event -> ids.add(event.path("event_id").asInt()));
    return ids;
  }

  @Test
  void with_a_cursor_events_go_forwards_to_the_end_and_on() {
    List<Integer> all = new ArrayList<>();
    String cursor = "0";
    for (int page = 0; page < 5; page++) {
      JsonNode answer = web.ok("/api/v1/events?limit=6&cursor=" + cursor);
      all.addAll(ids(answer));
      cursor = answer.path("next_cursor").asString();
    }

    assertThat(all).isEqualTo(IntStream.rangeClosed(1, EVENTS).boxed().toList());
    assertThat(cursor).isEqualTo("" + EVENTS);
    assertThat(ids(web.ok("/api/v1/events?cursor=" + cursor))).isEmpty();
  }

  @Test
  void without_one_the_newest_come_first_and_both_directions_go_on() {
    JsonNode newest = web.ok("/api/v1/events?limit=10");
    JsonNode older =
        web.ok("/api/v1/events?limit=10&before=" + newest.path("older_before").asString());
    JsonNode oldest =
        web.ok("/api/v1/events?limit=10&before=" + older.path("older_before").asString());
    List<Integer> all = new ArrayList<>(ids(newest));
    all.addAll(ids(older));
    all.addAll(ids(oldest));

    assertThat(all.reversed()).isEqualTo(IntStream.rangeClosed(1, EVENTS).boxed().toList());
    assertThat(oldest.path("older_before").isNull()).isTrue();
    assertThat(newest.path("next_cursor").asString()).isEqualTo("" + EVENTS);
  }

  @ParameterizedTest
  @CsvSource({
    "server=alpha, 9",
    "server=gamma, 0",
    "type=monitor_state, 4",
    "type=monitor_state&server=alpha, 0",
    "server=beta&cursor=20, 2",
  })
  void it_can_be_narrowed(String query, int count) {
    assertThat(web.ok("/api/v1/events?" + query).path("events").size()).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({
    "cursor=-1, cursor",
    "cursor=99999999999999999999, cursor",
    "type=party, type",
    "cursor=1&before=2, before",
    "limit=0, limit",
    "since=1, since",
  })
  void a_wrong_question_is_told_so(String query, String field) {
    var answer = web.get("/api/v1/events?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(wrong(answer)).containsExactly(field);
  }
}
