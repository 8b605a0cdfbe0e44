package dev.pharos.http;

import dev.pharos.fleet.Health;
import dev.pharos.history.Beat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The newest looks at one server, packed, for a fleet has many of them. Immutable. */
final class Beats {
  /** As many as a list shows. */
  static final int MOST = 40;

  static final Beats NONE = new Beats(Long.MIN_VALUE, new long[0]);

  private static final List<Health> HEALTHS = List.of(Health.values());
  private static final int HEALTH_BITS = 3;

  /** How long most looks are as JSON. */
  private static final int LENGTH = 22;

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
  static Beats of(List<Beat> rows) {
    return rows.isEmpty()
        ? NONE
        : new Beats(
            micros(rows.getFirst().checkedAt()),
            rows.stream().limit(MOST).mapToLong(Beats::pack).toArray());
  }

  private static long pack(Beat row) {
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
  @Nullable Beats after(List<Beat> rows) {
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

  /** Writes an array: each look as a pair of its health and its milliseconds, newest first. */
  void write(JsonGenerator json) {
    // By hand: a page of a fleet has tens of thousands of these.
    StringBuilder text = new StringBuilder(2 + looks.length * LENGTH).append('[');
    for (long look : looks) {
      text.append(text.length() == 1 ? "[\"" : ",[\"")
          .append(HEALTHS.get((int) (look & ((1 << HEALTH_BITS) - 1))).wire())
          .append("\",");
      millis(text, (look >> HEALTH_BITS) - 1);
      text.append(']');
    }
    json.writeRawValue(text.append(']').toString());
  }

  /** With at least one digit after the point, as all numbers of milliseconds are written. */
  private static void millis(StringBuilder text, long micros) {
    if (micros < 0) {
      text.append("null");
      return;
    }
    long rest = micros % 1_000;
    text.append(micros / 1_000).append('.').append((char) ('0' + rest / 100));
    if (rest % 100 != 0) {
      text.append((char) ('0' + rest / 10 % 10));
    }
    if (rest % 10 != 0) {
      text.append((char) ('0' + rest % 10));
    }
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
