package dev.pharos.http;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Span;
import dev.pharos.history.Beat;
import dev.pharos.history.HistoryStore;
import dev.pharos.history.LogRow;
import dev.pharos.history.Rollup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The same history for every server. */
final class MemoryHistory implements HistoryStore {
  /** Newest first. */
  final List<LogRow> logs = new ArrayList<>();

  /** Oldest first. */
  final List<Span> spans = new ArrayList<>();

  final List<Rollup> rollups = new ArrayList<>();

  @Override
  public List<LogRow> logs(
      ServerId server, Instant from, Instant to, @Nullable Health health, int limit) {
    return logs.stream()
        .filter(row -> !row.checkedAt().isBefore(from) && row.checkedAt().isBefore(to))
        .filter(row -> health == null || row.health() == health)
        .limit(limit)
        .toList();
  }

  @Override
  public Map<ServerId, List<Beat>> recent(Collection<ServerId> servers, int limit) {
    List<Beat> beats =
        logs.stream()
            .limit(limit)
            .map(row -> new Beat(row.checkedAt(), row.health(), row.responseMicros()))
            .toList();
    return each(servers, _ -> beats);
  }

  @Override
  public List<Span> spans(ServerId server, Instant from, Instant to) {
    return spans.stream()
        .filter(span -> span.from().isBefore(to))
        .filter(span -> span.to() == null || span.to().isAfter(from))
        .toList();
  }

  @Override
  public Map<ServerId, List<Span>> spans(Collection<ServerId> servers, Instant from, Instant to) {
    return each(servers, server -> spans(server, from, to));
  }

  private static <T> Map<ServerId, T> each(
      Collection<ServerId> servers, Function<ServerId, T> one) {
    return servers.stream().collect(Collectors.toMap(id -> id, one));
  }

  @Override
  public List<Rollup> rollups(ServerId server, Instant from, Instant to, Duration step) {
    return List.copyOf(rollups);
  }
}
