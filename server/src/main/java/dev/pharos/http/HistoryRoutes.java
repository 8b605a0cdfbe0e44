package dev.pharos.http;

import static dev.pharos.http.Method.GET;
import static dev.pharos.http.ServerRoutes.SERVERS;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.fleet.Standing;
import dev.pharos.history.Latency;
import dev.pharos.history.LogRow;
import dev.pharos.history.Rollup;
import dev.pharos.history.Uptime;
import dev.pharos.view.Mask;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was: looks, spans, roll-ups and uptime. */
final class HistoryRoutes {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;
  private static final int MAX_POINTS = 3_000;

  /** The steps of the roll-ups. */
  private enum Step {
    FIVE_MINUTES("5m", Duration.ofMinutes(5)),
    HOUR("1h", Duration.ofHours(1)),
    DAY("1d", Duration.ofDays(1));

    private final String word;
    private final Duration length;

    Step(String word, Duration length) {
      this.word = word;
      this.length = length;
    }

    String word() {
      return word;
    }

    long points(Range range) {
      return range.length().dividedBy(length) + 1;
    }

    /** The finest that makes a readable picture. */
    static Step fitting(Range range) {
      return range.length().compareTo(Duration.ofDays(3)) <= 0
          ? FIVE_MINUTES
          : range.length().compareTo(Duration.ofDays(60)) <= 0 ? HOUR : DAY;
    }
  }

  private final WebParts parts;

  HistoryRoutes(WebParts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    String own = SERVERS + "/{name}";
    return List.of(
        new Route(GET, own + "/logs", Role.VIEWER, "listLogs", this::logs),
        new Route(GET, own + "/history", Role.VIEWER, "getHistory", this::history),
        new Route(GET, own + "/uptime", Role.VIEWER, "getUptime", this::uptime),
        new Route(GET, own + "/spans", Role.VIEWER, "listSpans", this::spans));
  }

  private Standing server(Exchange exchange) {
    return ServerRoutes.find(parts.fleet(), exchange.part("name"));
  }

  /** A moment that a page ended at: what follows is older. */
  private static Range before(Query query, Range range) {
    Instant cursor = query.moment("cursor");
    return cursor == null || cursor.isAfter(range.to()) ? range : new Range(range.from(), cursor);
  }

  private void logs(Exchange exchange) {
    Query query = exchange.query("from", "to", "status", "limit", "cursor");
    Range range = before(query, Range.of(query, DAY.multipliedBy(7), exchange.now()));
    Health health = query.choice("status", Health.values(), Health::wire);
    int limit = query.number("limit", PAGE, 1, MAX_PAGE);
    query.check();
    Standing standing = server(exchange);
    List<LogRow> rows =
        parts.history().logs(standing.server().id(), range.from(), range.to(), health, limit + 1);
    boolean more = rows.size() > limit;
    List<LogRow> page = more ? rows.subList(0, limit) : rows;
    Mask mask = Mask.of(standing.server().spec().target());
    ObjectNode answer = Json.object();
    answer.set("logs", Json.list(page.stream().map(row -> log(row, mask))));
    // Not cut to the microsecond: it is the key of the row, given back as it is.
    answer.put("next_cursor", more ? page.getLast().checkedAt().toString() : null);
    exchange.json(answer);
  }

  private static ObjectNode log(LogRow row, Mask mask) {
    ObjectNode json = Json.object();
    json.put("checked_at", Json.time(row.checkedAt()));
    json.put("health_status", row.health().wire());
    json.put("verdict", row.verdict().wire());
    json.put("response_time_ms", Json.millis(row.responseMicros()));
    ArrayNode stages = json.putArray("stages");
    row.stages()
        .forEach(
            each -> stages.addObject().put("stage", each.stage().wire()).put("us", each.micros()));
    json.set("reason", Json.reason(row.reason(), mask));
    json.put("tool_count", row.toolCount());
    json.put("event_type", row.cause());
    return json;
  }

  private void spans(Exchange exchange) {
    Query query = exchange.query("from", "to", "limit", "cursor");
    Range range = before(query, Range.of(query, DAY.multipliedBy(30), exchange.now()));
    int limit = query.number("limit", PAGE, 1, MAX_PAGE);
    query.check();
    Standing standing = server(exchange);
    List<Span> found =
        parts.history().spans(standing.server().id(), range.from(), range.to()).reversed();
    boolean more = found.size() > limit;
    List<Span> page = more ? found.subList(0, limit) : found;
    Mask mask = Mask.of(standing.server().spec().target());
    ObjectNode answer = Json.object();
    answer.set("spans", Json.list(page.stream().map(span -> span(span, exchange.now(), mask))));
    answer.put("next_cursor", more ? page.getLast().from().toString() : null);
    exchange.json(answer);
  }

  private static ObjectNode span(Span span, Instant now, Mask mask) {
    Instant end = span.to() == null ? now : span.to();
    ObjectNode json = Json.object();
    json.put("state", span.state().wire());
    json.put("from", Json.time(span.from()));
    json.put("to", Json.time(span.to()));
    json.put("seconds", Math.max(0, Duration.between(span.from(), end).toMillis()) / 1e3);
    json.set("reason", Json.reason(span.reason(), mask));
    return json;
  }

  private void uptime(Exchange exchange) {
    Query query = exchange.query("from", "to");
    Range range = Range.of(query, DAY.multipliedBy(30), exchange.now());
    query.check();
    ServerId id = server(exchange).server().id();
    Uptime uptime =
        Uptime.of(parts.history().spans(id, range.from(), range.to()), range.from(), range.to());
    ObjectNode answer = Json.object();
    answer.put("from", Json.time(range.from()));
    answer.put("to", Json.time(range.to()));
    answer.put("uptime", uptime.ratio());
    ObjectNode seconds = answer.putObject("seconds");
    for (SpanState state : SpanState.values()) {
      seconds.put(state.wire(), uptime.in(state).toMillis() / 1e3);
    }
    exchange.json(answer);
  }

  private void history(Exchange exchange) {
    Query query = exchange.query("from", "to", "step");
    Range range = Range.of(query, DAY, exchange.now());
    Step wanted = query.choice("step", Step.values(), Step::word);
    Step step = wanted == null ? Step.fitting(range) : wanted;
    if (step.points(range) > MAX_POINTS) {
      query.wrong("step", "makes more than " + MAX_POINTS + " points; take a longer one");
    }
    query.check();
    List<Rollup> rollups =
        parts
            .history()
            .rollups(server(exchange).server().id(), range.from(), range.to(), step.length);
    ObjectNode answer = Json.object();
    answer.put("from", Json.time(range.from()));
    answer.put("to", Json.time(range.to()));
    answer.put("step", step.word());
    answer.set("points", Json.list(rollups.stream().map(HistoryRoutes::point)));
    exchange.json(answer);
  }

  private static ObjectNode point(Rollup rollup) {
    long[] histogram = rollup.histogram();
    long timed = Arrays.stream(histogram).sum();
    ObjectNode json = Json.object();
    json.put("begin", Json.time(rollup.begin()));
    json.put("checks", rollup.checks());
    ObjectNode failures = json.putObject("failures");
    new TreeMap<>(rollup.failures()).forEach(failures::put);
    ObjectNode seconds = json.putObject("seconds");
    new TreeMap<>(rollup.seconds()).forEach((state, time) -> seconds.put(state.wire(), time));
    json.put("avg_ms", timed == 0 ? null : Json.millis(rollup.sumMicros() / timed));
    json.put("min_ms", timed == 0 ? null : Json.millis(rollup.minMicros()));
    json.put("max_ms", timed == 0 ? null : Json.millis(rollup.maxMicros()));
    json.put("p50_ms", percentile(histogram, 0.5));
    json.put("p95_ms", percentile(histogram, 0.95));
    json.put("p99_ms", percentile(histogram, 0.99));
    return json;
  }

  private static @Nullable Double percentile(long[] histogram, double share) {
    long micros = Latency.percentile(histogram, share);
    return micros < 0 ? null : Json.millis(micros);
  }
}
