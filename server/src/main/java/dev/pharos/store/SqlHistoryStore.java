package dev.pharos.store;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.history.HistoryStore;
import dev.pharos.history.LogRow;
import dev.pharos.history.Rollup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
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
      SELECT p.* FROM mcp_servers s JOIN mcp_status_spans p
        ON p.server_id = s.id AND p.began_at < :to AND p.began_at >= COALESCE(
          (SELECT MAX(b.began_at) FROM mcp_status_spans b
           WHERE b.server_id = s.id AND b.began_at <= :from), :from)
      WHERE s.id IN (<servers>) AND (p.ended_at IS NULL OR p.ended_at > :from)
      ORDER BY p.server_id, p.began_at
      """;

  private final Database database;
  private final InstantSource clock;

  SqlHistoryStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public List<LogRow> logs(
      ServerId server, Instant from, Instant to, @Nullable Health health, int limit) {
    LogRange range = new LogRange(server.value(), Moments.micros(from), Moments.micros(to));
    return database.read(handle -> logs(handle, range, health, limit));
  }

  @Override
  public Map<ServerId, List<LogRow>> recent(Collection<ServerId> servers, int limit) {
    Map<ServerId, List<LogRow>> recent = empty(servers);
    database.read(handle -> {
      chunks(
          servers,
          ids ->
              LogChain.newest(handle, ids, limit)
                  .forEach(each -> add(recent, each.server(), each.row())));
      return recent;
    });
    return recent;
  }

  @Override
  public List<Span> spans(ServerId server, Instant from, Instant to) {
    return spans(List.of(server), from, to).getOrDefault(server, List.of());
  }

  @Override
  public Map<ServerId, List<Span>> spans(Collection<ServerId> servers, Instant from, Instant to) {
    Map<ServerId, List<Span>> spans = empty(servers);
    database.read(handle -> {
      chunks(servers, ids -> spans(handle, ids, from, to, spans));
      return spans;
    });
    return spans;
  }

  @Override
  public List<Rollup> rollups(ServerId server, Instant from, Instant to, Duration step) {
    RollupStep steps = RollupStep.of(step);
    SpanTimes times = new SpanTimes(spans(server, from, to.plus(step)), clock.instant());
    return database.read(handle ->
        Rollups.read(
            handle, server.value(), steps, Moments.micros(from), Moments.micros(to), times));
  }

  private static List<LogRow> logs(
      Handle handle, LogRange range, @Nullable Health health, int limit) {
    String status = health == null ? null : health.wire();
    List<LogRow> found = new ArrayList<>();
    Optional<Long> next = LogChain.start(handle, range);
    while (next.isPresent() && next.get() >= range.from() && found.size() < limit) {
      int length = status == null && next.get() < range.to() ? limit - found.size() : STRETCH;
      List<LogEntry> rows =
          LogChain.stretch(handle, range, status, next.get(), Math.min(length, STRETCH));
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

  private static void spans(
      Handle handle, List<Long> ids, Instant from, Instant to, Map<ServerId, List<Span>> spans) {
    handle
        .createQuery(SPANS)
        .bindList("servers", ids)
        .bind("from", Moments.micros(from))
        .bind("to", Moments.micros(to))
        .map((row, _) -> Map.entry(row.getLong("server_id"), span(row)))
        .forEach(each -> add(spans, each.getKey(), each.getValue()));
  }

  private static Span span(ResultSet row) throws SQLException {
    return new Span(
        Names.of(SpanState.class, row.getString("state")),
        Moments.instant(row, "began_at"),
        Moments.instantOrNull(row, "ended_at"),
        Names.failure(row, "reason_message"));
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
