package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Standing;
import dev.pharos.history.LogRow;
import dev.pharos.testing.Fleets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The list of servers: its pages, orders and filters. */
class ServerListTest {
  private static final int SERVERS = 53;
  private static final List<Health> HEALTHS = List.of(Health.values());

  private static WebFixture web;

  @BeforeAll
  static void start() {
    web = new WebFixture();
    for (int i = 0; i < SERVERS; i++) {
      // Many are alike, so that the order must be told by the name.
      String name = (i % 3 == 0 ? "Server-" : "server-") + (i * 37 % SERVERS);
      web.add(name, ",\"tags\":[\"group " + i % 4 + "\"],\"description\":\"The " + i % 5 + "th\"");
      Health health = HEALTHS.get(i % 4);
      HealthMemory memory = Fleets.memory(health, Seen.NOW.minusSeconds(i % 6));
      LastSeen seen =
          i % 7 == 0
              ? LastSeen.NOTHING
              : new LastSeen(Seen.FACTS, Fleets.COUNTS, 1_000L * (i % 5), Seen.NOW, Seen.NOW);
      web.fleet.saw(name, memory, seen);
    }
    web.registry.disable("server-37", "tester");
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static List<String> names(JsonNode page) {
    return page.path("servers").findValuesAsString("name").stream()
        .filter(name -> !name.equals("toy") && !name.equals("everything"))
        .toList();
  }

  /** All names, a page after the other. */
  private static List<String> walk(String query, Runnable between) {
    List<String> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = web.ok("/api/v1/servers?limit=7&" + query + cursor);
      assertThat(page.path("total").asInt()).isGreaterThanOrEqualTo(SERVERS);
      all.addAll(names(page));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asString();
      between.run();
    } while (!cursor.isEmpty());
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"name", "health", "since", "last_check", "response_time", "tools", "created"})
  void every_server_is_on_exactly_one_page_in_every_order(String order) {
    List<String> forwards = walk("sort=" + order, () -> {});
    List<String> backwards = walk("sort=-" + order, () -> {});

    assertThat(forwards)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            web.fleet.all().stream().map(each -> each.server().spec().name()).toList());
    assertThat(backwards).isEqualTo(forwards.reversed());
    assertThat(names(web.ok("/api/v1/servers?limit=1000&sort=" + order))).isEqualTo(forwards);
  }

  @Test
  void servers_that_come_and_go_meanwhile_disturb_nobody() {
    List<String> stayed =
        web.fleet.all().stream().map(each -> each.server().spec().name()).toList();
    int[] turn = {0};
    List<String> seen =
        walk(
            "sort=name",
            () -> {
              turn[0]++;
              if (turn[0] > 1) {
                web.registry.remove("passing-" + (turn[0] - 1), "tester");
              }
              web.add("passing-" + turn[0], "");
            });
    web.registry.remove("passing-" + turn[0], "tester");

    assertThat(seen).doesNotHaveDuplicates().containsAll(stayed);
  }

  @Test
  void the_worst_come_first_by_health() {
    JsonNode first = web.ok("/api/v1/servers?limit=1&sort=health").path("servers").path(0);

    assertThat(first.path("health_status").asString()).isEqualTo("unhealthy");
  }

  @ParameterizedTest
  @CsvSource({
    "health=degraded, 13",
    "tag=group 1, 13",
    "status=inactive, 1",
    "status=active, 52",
    "q=SERVER-5, 4", // 5, 50, 51 and 52
    "q=the 4, 10",
    "q=group, 53",
    "q=nowhere, 0",
    "health=degraded&tag=group 2, 13",
    "health=degraded&tag=group 1, 0",
  })
  void filters_leave_only_what_fits(String query, int count) {
    JsonNode page = web.ok("/api/v1/servers?limit=100&" + query.replace(" ", "%20"));

    assertThat(page.path("total").asInt()).isEqualTo(count);
    assertThat(page.path("servers").size()).isEqualTo(count);
    assertThat(page.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void a_cursor_of_another_order_is_refused() {
    String cursor = web.ok("/api/v1/servers?limit=1&sort=health").path("next_cursor").asString();
    var answer = web.get("/api/v1/servers?limit=1&sort=name&cursor=" + cursor);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(WebFixture.wrong(answer)).containsExactly("cursor");
  }

  @Test
  void a_new_look_shows_at_once() {
    Standing one = web.fleet.byName("server-37").orElseThrow();
    assertThat(recent().size()).isZero();

    web.history.logs.add(row(Health.HEALTHY, 1_500L, 1));
    saw(one, 1);
    assertThat(recent().toString()).isEqualTo("[[\"healthy\",1.5]]");

    web.history.logs.addFirst(row(Health.UNHEALTHY, null, 2));
    saw(one, 2);
    assertThat(recent().toString()).isEqualTo("[[\"unhealthy\",null],[\"healthy\",1.5]]");

    for (int i = 3; i <= 60; i++) {
      web.history.logs.addFirst(row(Health.DEGRADED, 3_000L, i));
    }
    saw(one, 60);
    assertThat(recent().size()).isEqualTo(40);
    assertThat(recent().path(39).toString()).isEqualTo("[\"degraded\",3.0]");
    web.history.logs.clear();
  }

  private static JsonNode recent() {
    return web.ok("/api/v1/servers/server-37").path("recent");
  }

  private static void saw(Standing one, int second) {
    web.fleet.saw(
        one.server().spec().name(),
        one.memory(),
        new LastSeen(
            Seen.FACTS, Fleets.COUNTS, 1L, Seen.NOW.plusSeconds(second), Seen.NOW.plusSeconds(90)));
  }

  private static LogRow row(Health health, @Nullable Long micros, int second) {
    return new LogRow(
        Seen.NOW.plusSeconds(second), health, health, micros, List.of(), null, 1, "scheduled");
  }
}
