package dev.pharos.history;

import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * A stretch of looks in numbers that add up: two roll-ups side by side make one.
 *
 * @param begin of the bucket, a multiple of its step
 * @param checks looks that came to a verdict; our own faults are nobody's look
 * @param failures failed looks by the public name of their kind
 * @param seconds how long the server was in each state, counted from its spans; states without any
 *     time are left out
 * @param sumMicros of the response times of looks that did not fail, with their least and most; 0
 *     when there was none
 * @param histogram counts by the fixed buckets of {@link Latency}
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record Rollup(
    Instant begin,
    long checks,
    Map<String, Long> failures,
    Map<SpanState, Double> seconds,
    long sumMicros,
    long minMicros,
    long maxMicros,
    long[] histogram) {
  public Rollup {
    failures = Map.copyOf(failures);
    seconds = Map.copyOf(seconds);
    histogram = histogram.clone();
  }

  @Override
  public long[] histogram() {
    return histogram.clone();
  }

  /** Nothing but time in a state. */
  public static Rollup ofTime(Instant begin, SpanState state, double seconds) {
    return new Rollup(
        begin, 0, Map.of(), Map.of(state, seconds), 0, 0, 0, new long[Latency.BUCKETS]);
  }

  /**
   * Cuts the part of spans that lies in a range into buckets, oldest first; empty ones are left
   * out.
   *
   * @param to not later than now: a span that lasts is taken to last until then
   * @param step whole seconds: 5 min, 1 h or 1 day
   */
  public static List<Rollup> ofSpans(List<Span> spans, Instant from, Instant to, Duration step) {
    Map<Instant, Rollup> buckets = new TreeMap<>();
    for (Span span : spans) {
      Instant begin = span.from().isBefore(from) ? from : span.from();
      Instant end = span.to() == null || span.to().isAfter(to) ? to : span.to();
      for (TimeSlice slice : TimeSlice.cut(begin, end, step)) {
        Rollup part = ofTime(slice.bucket(), span.state(), slice.seconds());
        buckets.merge(slice.bucket(), part, Rollup::plus);
      }
    }
    return List.copyOf(buckets.values());
  }

  /** Both together: it begins with the earlier one. */
  public Rollup plus(Rollup other) {
    return new Rollup(
        begin.isBefore(other.begin) ? begin : other.begin,
        checks + other.checks,
        sum(failures, other.failures, Long::sum),
        sum(seconds, other.seconds, Double::sum),
        sumMicros + other.sumMicros,
        least(other),
        Math.max(maxMicros, other.maxMicros),
        sum(histogram, other.histogram));
  }

  /** Where there is no response time, the least of them says nothing. */
  private long least(Rollup other) {
    if (other.timed() == 0) {
      return timed() == 0 ? 0 : minMicros;
    }
    return timed() == 0 ? other.minMicros : Math.min(minMicros, other.minMicros);
  }

  private long timed() {
    return Arrays.stream(histogram).sum();
  }

  private static <K, V> Map<K, V> sum(Map<K, V> one, Map<K, V> other, BinaryOperator<V> plus) {
    Map<K, V> sum = new HashMap<>(one);
    other.forEach((key, value) -> sum.merge(key, value, plus));
    return sum;
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sum = Arrays.copyOf(one, Math.max(one.length, other.length));
    for (int bucket = 0; bucket < other.length; bucket++) {
      sum[bucket] += other[bucket];
    }
    return sum;
  }
}
