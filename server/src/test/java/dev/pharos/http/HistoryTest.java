package dev.pharos.http;

import static dev.pharos.http.WebFixture.wrong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.history.Latency;
import dev.pharos.history.LogRow;
import dev.pharos.history.Rollup;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Looks, spans, uptime and charts. */
class HistoryTest {
  private static final String ALPHA = "/api/v1/servers/alpha";
  private static final Instant NOW = Seen.NOW;

  private static WebFixture web;

  @BeforeAll
  static void start() {
    web = new WebFixture();
    web.add("alpha", "");
    for (int i = 0; i < 250; i++) {
      boolean bad = i % 10 == 0;
      web.history.logs.add(
          new LogRow(
              NOW.minusSeconds(60L * (i + 1)).plusNanos(1_000L * i),
              bad ? Health.UNHEALTHY : Health.HEALTHY,
              bad ? Health.UNHEALTHY : Health.HEALTHY,
              bad ? null : 1_000L + i,
              List.of(new StageTime(Stage.DNS, 5), new StageTime(Stage.LIST, 900)),
              bad ? Seen.refusal("refused") : null,
              bad ? null : 13,
              i == 3 ? "reload" : "scheduled"));
    }
    web.history.spans.add(span(SpanState.HEALTHY, 20 * 24, 30));
    web.history.spans.add(span(SpanState.UNHEALTHY, 30, 20));
    web.history.spans.add(span(SpanState.MAINTENANCE, 20, 10));
    web.history.spans.add(
        new Span(SpanState.DEGRADED, NOW.minus(Duration.ofHours(10)), null, null));
    long[] histogram = new long[Latency.BUCKETS];
    histogram[Latency.bucket(900)] = 90;
    histogram[Latency.bucket(90_000)] = 10;
    web.history.rollups.add(
        new Rollup(
            NOW.minusSeconds(300),
            103,
            Map.of("refused", 3L),
            Map.of(SpanState.HEALTHY, 297.5),
            1_000_000,
            700,
            99_000,
            histogram));
    web.history.rollups.add(Rollup.ofTime(NOW.minusSeconds(600), SpanState.HEALTHY, 300));
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static Span span(SpanState state, int fromHours, int toHours) {
    return new Span(
        state,
        NOW.minus(Duration.ofHours(fromHours)),
        NOW.minus(Duration.ofHours(toHours)),
        state == SpanState.UNHEALTHY ? Seen.refusal("refused") : null);
  }

  @Test
  void a_row_of_the_log_says_what_a_look_saw() {
    JsonNode newest = web.ok(ALPHA + "/logs?limit=4").path("logs");

    assertThat(newest.path(0).path("health_status").asString()).isEqualTo("unhealthy");
    assertThat(newest.path(0).path("reason").path("kind").asString()).isEqualTo("refused");
    assertThat(newest.path(0).path("response_time_ms").isNull()).isTrue();
    assertThat(newest.path(1).path("checked_at").asString())
        .isEqualTo("2026-11-02T09:58:00.000001Z");
    assertThat(newest.path(1).path("response_time_ms").asDouble()).isEqualTo(1.001);
    assertThat(newest.path(1).path("stages").path(0).toString())
        .isEqualTo("{\"stage\":\"dns\",\"us\":5}");
    assertThat(newest.path(3).path("event_type").asString()).isEqualTo("reload");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 250",
    "&status=unhealthy, 25",
    "&status=degraded, 0",
    "&from=2026-11-02T09:00:00Z, 60"
  })
  void every_look_is_on_exactly_one_page(String filter, int count) {
    Set<String> seen = new HashSet<>();
    List<String> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = web.ok(ALPHA + "/logs?limit=7" + filter + cursor);
      page.path("logs").forEach(row -> all.add(row.path("checked_at").asString()));
      JsonNode next = page.path("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty() && seen.add(cursor));

    assertThat(all).hasSize(count).doesNotHaveDuplicates();
    assertThat(all.reversed()).isSorted();
  }

  @Test
  void spans_come_newest_first_in_pages() {
    JsonNode first = web.ok(ALPHA + "/spans?limit=3");
    JsonNode rest = web.ok(ALPHA + "/spans?limit=3&cursor=" + first.path("next_cursor").asString());

    assertThat(first.path("spans").findValuesAsString("state"))
        .containsExactly("degraded", "maintenance", "unhealthy");
    assertThat(first.path("spans").path(0).path("to").isNull()).isTrue();
    assertThat(first.path("spans").path(0).path("seconds").asDouble()).isEqualTo(36_000);
    assertThat(first.path("spans").path(2).path("reason").path("message").asString())
        .isEqualTo("refused");
    assertThat(rest.path("spans").findValuesAsString("state")).containsExactly("healthy");
    assertThat(rest.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void uptime_is_counted_by_time_in_any_range() {
    JsonNode twoDays = web.ok(ALPHA + "/uptime?from=2026-10-31T10:00:00Z");
    JsonNode outage =
        web.ok(ALPHA + "/uptime?from=2026-11-01T05:00:00%2B00:00&to=2026-11-01T13:00:00Z");
    JsonNode unknown = web.ok(ALPHA + "/uptime?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z");

    // 18 h healthy, 10 h unhealthy, 10 h left out, 10 h degraded.
    assertThat(twoDays.path("uptime").asDouble()).isEqualTo(28.0 / 38, within(1e-12));
    assertThat(twoDays.path("seconds").path("maintenance").asInt()).isEqualTo(36_000);
    assertThat(outage.path("uptime").asDouble()).isZero();
    assertThat(unknown.path("uptime").isNull()).isTrue();
    JsonNode listed = web.ok(ALPHA).path("uptime");
    assertThat(listed.path("24h").asDouble()).isEqualTo(10.0 / 14, within(1e-12));
    assertThat(listed.path("7d").asDouble()).isEqualTo(148.0 / 158, within(1e-12));
  }

  @Test
  void a_chart_has_percentiles_and_failures_by_kind() {
    JsonNode history = web.ok(ALPHA + "/history?from=2026-11-02T09:00:00Z");
    JsonNode busy = history.path("points").path(0);
    JsonNode idle = history.path("points").path(1);

    assertThat(history.path("step").asString()).isEqualTo("5m");
    assertThat(busy.path("checks").asInt()).isEqualTo(103);
    assertThat(busy.path("failures").path("refused").asInt()).isEqualTo(3);
    assertThat(busy.path("seconds").path("healthy").asDouble()).isEqualTo(297.5);
    assertThat(busy.path("avg_ms").asDouble()).isEqualTo(10);
    assertThat(busy.path("p50_ms").asDouble()).isBetween(0.9, 1.2);
    assertThat(busy.path("p95_ms").asDouble()).isBetween(90.0, 110.0);
    assertThat(idle.path("p50_ms").isNull()).isTrue();
    assertThat(idle.path("avg_ms").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-01T10:00:00Z, 5m",
    "2026-10-20T10:00:00Z, 1h",
    "2026-01-01T10:00:00Z, 1d",
  })
  void a_chart_takes_the_step_that_fits(String from, String step) {
    assertThat(web.ok(ALPHA + "/history?from=" + from).path("step").asString()).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource({
    "/logs?limit=1001, limit",
    "/logs?status=fine, status",
    "/logs?cursor=5, cursor",
    "/logs?from=yesterday, from",
    "/spans?from=2026-11-02T09:00:00Z&to=2026-11-02T08:00:00Z, from",
    "/spans?from=2027-01-01T00:00:00Z, from",
    "/uptime?step=5m, step",
    "/uptime?to=2026-13-01T00:00:00Z, to",
    "/history?step=7m, step",
    "/history?step=5m&from=2020-01-01T00:00:00Z, step",
    "/capabilities?x=1, x",
    "/capabilities/changes?cursor=-1, cursor",
  })
  void a_wrong_question_is_told_so(String path, String field) {
    var answer = web.get(ALPHA + path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(wrong(answer)).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource({"/logs", "/spans", "/uptime", "/history", "/capabilities", "/capabilities/changes"})
  void of_a_server_that_is_not_there_nothing_is_told(String path) {
    assertThat(web.get("/api/v1/servers/beta" + path).statusCode()).isEqualTo(404);
  }
}
