package dev.pharos.http;

import dev.pharos.fleet.Health;
import dev.pharos.history.LogRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** The newest looks at one server, packed, for a fleet has many of them. Immutable. */
final class Beats {
  /** As many as a list shows. */
  static final int MOST = 40;

  static final Beats NONE = new Beats(Long.MIN_VALUE, new long[0]);

  private static final List<Health> HEALTHS = List.of(Health.values());
  private static final int HEALTH_BITS = 3;

  /** When the newest was, in microseconds since 1970: stores count so. */
  private final long newest;

  /** Newest first: the health below, above it the microseconds plus one, or 0 without any. */
  private final long[] looks;

  private Beats(long newest, long[] looks) {
    this.newest = newest;
    this.looks = looks;
  }

  /**
   * The looks of some rows.
   *
   * @param rows newest first
   */
  static Beats of(List<LogRow> rows) {
    return rows.isEmpty()
        ? NONE
        : new Beats(
            micros(rows.getFirst().checkedAt()),
            rows.stream().limit(MOST).mapToLong(Beats::pack).toArray());
  }

  private static long pack(LogRow row) {
    Long micros = row.responseMicros();
    return (micros == null ? 0 : (micros + 1) << HEALTH_BITS) | HEALTHS.indexOf(row.health());
  }

  /** Whether there is nothing newer, when {@code last} was the last look. */
  boolean reach(@Nullable Instant last) {
    return last == null ? looks.length == 0 : newest == micros(last);
  }

  boolean isEmpty() {
    return looks.length == 0;
  }

  /**
   * These with newer ones before them.
   *
   * @param rows the newest rows, newest first
   * @return null when rows are missing between them
   */
  @Nullable Beats after(List<LogRow> rows) {
    for (int known = 0; known < rows.size(); known++) {
      if (micros(rows.get(known).checkedAt()) == newest) {
        LongStream newer = rows.stream().limit(known).mapToLong(Beats::pack);
        return known == 0
            ? this
            : new Beats(
                micros(rows.getFirst().checkedAt()),
                LongStream.concat(newer, Arrays.stream(looks)).limit(MOST).toArray());
      }
    }
    return null;
  }

  /** Writes each as a pair of its health and its milliseconds, newest first. */
  void write(ArrayNode json) {
    for (long look : looks) {
      long micros = look >> HEALTH_BITS;
      json.addArray()
          .add(HEALTHS.get((int) (look & ((1 << HEALTH_BITS) - 1))).wire())
          .add(micros == 0 ? null : Json.millis(micros - 1));
    }
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
