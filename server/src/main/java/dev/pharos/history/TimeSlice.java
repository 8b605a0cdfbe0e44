package dev.pharos.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a stretch of time that lies in one bucket of the roll-ups.
 *
 * @param bucket when the bucket begins: a multiple of its step since 1970 in UTC
 * @param time above 0, at most the step
 */
public record TimeSlice(Instant bucket, Duration time) {

  /**
   * Cuts a stretch of time into buckets, oldest first: the slices add up to it exactly.
   *
   * @param step whole seconds: 5 min, 1 h or 1 day
   */
  public static List<TimeSlice> cut(Instant from, Instant to, Duration step) {
    List<TimeSlice> slices = new ArrayList<>();
    Instant begin = from;
    Instant bucket = bucket(from, step);
    while (begin.isBefore(to)) {
      Instant next = bucket.plus(step);
      Instant end = next.isBefore(to) ? next : to;
      slices.add(new TimeSlice(bucket, Duration.between(begin, end)));
      begin = end;
      bucket = next;
    }
    return slices;
  }

  /** When the bucket that holds a moment begins. */
  public static Instant bucket(Instant moment, Duration step) {
    long seconds = step.toSeconds();
    if (seconds < 1 || !step.equals(Duration.ofSeconds(seconds))) {
      throw new IllegalArgumentException("a bucket lasts whole seconds: " + step);
    }
    return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), seconds) * seconds);
  }

  /** For roll-ups. */
  public double seconds() {
    return time.toNanos() / 1e9;
  }
}
