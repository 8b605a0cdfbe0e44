package dev.pharos.history;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what was. Thread-safe. */
public interface HistoryStore {
  /** Log rows with {@code from <= checkedAt < to}, newest first, at most {@code limit}. */
  List<LogRow> logs(ServerId server, Instant from, Instant to, @Nullable Health health, int limit);

  /** The newest looks at each server, newest first: for lists. */
  Map<ServerId, List<Beat>> recent(Collection<ServerId> servers, int limit);

  /** Spans that overlap {@code from} to {@code to}, oldest first, not cut. */
  List<Span> spans(ServerId server, Instant from, Instant to);

  /** The same for many servers at once, without their reasons: for the uptimes of a list. */
  Map<ServerId, List<Span>> spans(Collection<ServerId> servers, Instant from, Instant to);

  /**
   * Roll-ups with {@code from <= begin < to}, oldest first, of the given step (5 min, 1 h or 1
   * day). There is one for each bucket in which the server was looked at; times without looks are
   * told by the spans.
   */
  List<Rollup> rollups(ServerId server, Instant from, Instant to, Duration step);
}
