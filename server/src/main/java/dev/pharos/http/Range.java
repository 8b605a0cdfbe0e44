package dev.pharos.http;

import java.time.Duration;
import java.time.Instant;

/** A stretch of time that a query asks for. */
record Range(Instant from, Instant to) {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /**
   * Reads {@code from} and {@code to}; without them, the last of {@code length} up to now. Later
   * than now nothing is known.
   */
  static Range of(Query query, Duration length, Instant now) {
    Instant to = query.moment("to");
    Instant end = to == null || to.isAfter(now) ? now : to;
    Instant from = query.moment("from");
    Instant begin = from == null ? end.minus(length) : from.isBefore(EARLIEST) ? EARLIEST : from;
    if (!begin.isBefore(end)) {
      query.wrong("from", "must be before \"to\" and before now");
    }
    return new Range(begin, end);
  }

  Duration length() {
    return Duration.between(from, to);
  }
}
