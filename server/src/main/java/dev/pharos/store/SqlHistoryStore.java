package dev.pharos.store;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.history.Beat;
import dev.pharos.history.HistoryStore;
import dev.pharos.history.LogRow;
import dev.pharos.history.Rollup;
import dev.pharos.trace.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Reads the log, the spans and the roll-ups. */
final class SqlHistoryStore implements HistoryStore {
  /** Rows of the log that one question walks along. */
  private static final int STRETCH = 1_000;

  /** Servers that one question names: databases bound the values of a statement. */
  private static final int SERVERS = 500;

  /** Spans leave no gaps: the first that overlaps is the last that began before. */
  private static final String SPANS =
      """
      WITH firsts AS MATERIALIZED (
        SELECT s.id, COALESCE(
          (SELECT MAX(b.began_at) FROM mcp_status_spans b
           WHERE b.server_id = s.id AND b.began_at <= :from), :from) AS began_at
        FROM mcp_servers s WHERE s.id IN (<servers>)
      )
      SELECT %s FROM firsts f JOIN mcp_status_spans p
        ON p.server_id = f.id AND p.began_at >= f.began_at AND p.began_at < :to
      WHERE p.ended_at IS NULL OR p.ended_at > :from
      ORDER BY p.server_id, p.began_at
      """;

  private static final String WHOLE_SPANS = SPANS.formatted("p.*");

  /** Without reasons; a fleet has very many. */
  private static final String PLAIN_SPANS =
      SPANS.formatted("p.server_id, p.state, p.began_at, p.ended_at");

  private final Database database;
  private final InstantSource clock;
  private final LogChain chain;
  private final Rollups rollups;

  SqlHistoryStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.chain = new LogChain(database.dialect());
    this.rollups = new Rollups(database.dialect());
  }

  @Override
  public List<LogRow> logs(
      ServerId server, Instant from, Instant to, @Nullable Health health, int limit) {
    ServerRange range = new ServerRange(server.value(), Moments.micros(from), Moments.micros(to));
    return database.read(handle -> logs(handle, range, health, limit));
  }

  @Override
  public Map<ServerId, List<Beat>> recent(Collection<ServerId> servers, int limit) {
    Map<ServerId, List<Beat>> recent = empty(servers);
    return database.read(handle -> {
      chunks(
          servers,
          ids ->
              chain.newest(
                  handle,
                  ids,
                  limit,
                  row -> add(recent, row.getLong("server_id"), LogEntry.beat(row))));
      // The chain gives them so, but nothing promises an order.
      recent.values().forEach(each -> each.sort(Comparator.comparing(Beat::checkedAt).reversed()));
      return recent;
    });
  }

  @Override
  public List<Span> spans(ServerId server, Instant from, Instant to) {
    return database.read(handle -> spans(handle, server, from, to));
  }

  @Override
  public Map<ServerId, List<Span>> spans(Collection<ServerId> servers, Instant from, Instant to) {
    Map<ServerId, List<Span>> spans = empty(servers);
    database.read(handle -> {
      chunks(
          servers,
          ids -> spans(handle, PLAIN_SPANS, ids, from, to, (row, _) -> span(row, null), spans));
      return spans;
    });
    return spans;
  }

  @Override
  public List<Rollup> rollups(ServerId server, Instant from, Instant to, Duration step) {
    RollupStep steps = RollupStep.of(step);
    return database.read(handle ->
        rollups.read(
            handle,
            steps,
            new ServerRange(server.value(), Moments.micros(from), Moments.micros(to)),
            (first, end) ->
                times(handle, server, Moments.instant(first), Moments.instant(end), step)));
  }

  /**
   * Spans are the one truth for time, so that no sum of seconds has to follow when a flip is
   * stamped earlier than it was known.
   */
  private Map<Instant, Rollup> times(
      Handle handle, ServerId server, Instant from, Instant to, Duration step) {
    Instant now = clock.instant();
    Instant end = to.isBefore(now) ? to : now;
    return Rollup.ofSpans(spans(handle, server, from, end), from, end, step).stream()
        .collect(Collectors.toMap(Rollup::begin, each -> each));
  }

  private List<LogRow> logs(Handle handle, ServerRange range, @Nullable Health health, int limit) {
    String status = health == null ? null : health.wire();
    List<LogRow> found = new ArrayList<>();
    Optional<Long> next = chain.start(handle, range);
    while (next.isPresent() && next.get() >= range.from() && found.size() < limit) {
      int length = status == null && next.get() < range.to() ? limit - found.size() : STRETCH;
      List<LogEntry> rows =
          chain.stretch(handle, range, status, next.get(), Math.min(length, STRETCH));
      rows.stream()
          .filter(each -> each.at() < range.to() && each.at() >= range.from())
          .map(LogEntry::row)
          .filter(each -> health == null || each.health() == health)
          .limit((long) limit - found.size())
          .forEach(found::add);
      next = rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.getLast().previousAt());
    }
    return found;
  }

  private static List<Span> spans(Handle handle, ServerId server, Instant from, Instant to) {
    Map<ServerId, List<Span>> spans = empty(List.of(server));
    spans(
        handle,
        WHOLE_SPANS,
        List.of(server.value()),
        from,
        to,
        (row, _) -> span(row, Names.failure(row, "reason_message")),
        spans);
    return spans.getOrDefault(server, List.of());
  }

  private static void spans(
      Handle handle,
      String query,
      List<Long> ids,
      Instant from,
      Instant to,
      RowMapper<Span> mapper,
      Map<ServerId, List<Span>> spans) {
    handle
        .createQuery(query)
        .bindList("servers", ids)
        .bind("from", Moment.of(from))
        .bind("to", Moment.of(to))
        .map((row, context) -> Map.entry(row.getLong("server_id"), mapper.map(row, context)))
        .forEach(each -> add(spans, each.getKey(), each.getValue()));
  }

  private static Span span(ResultSet row, @Nullable Failure reason) throws SQLException {
    return new Span(
        Names.of(SpanState.class, row.getString("state")),
        Moments.instant(row, "began_at"),
        Moments.instantOrNull(row, "ended_at"),
        reason);
  }

  private static <T> Map<ServerId, List<T>> empty(Collection<ServerId> servers) {
    Map<ServerId, List<T>> lists = new HashMap<>();
    servers.forEach(each -> lists.put(each, new ArrayList<>()));
    return lists;
  }

  private static <T> void add(Map<ServerId, List<T>> lists, long server, T value) {
    lists.computeIfAbsent(new ServerId(server), _ -> new ArrayList<>()).add(value);
  }

  private static void chunks(Collection<ServerId> servers, Consumer<List<Long>> each) {
    List<Long> ids = servers.stream().map(ServerId::value).distinct().toList();
    for (int i = 0; i < ids.size(); i += SERVERS) {
      each.accept(ids.subList(i, Math.min(i + SERVERS, ids.size())));
    }
  }
}
