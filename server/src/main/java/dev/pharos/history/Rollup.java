package dev.pharos.history;

import dev.pharos.fleet.SpanState;
import java.time.Instant;
import java.util.Map;

/**
 * A stretch of looks in numbers that add up: two roll-ups side by side make one.
 *
 * @param begin of the bucket, a multiple of its step
 * @param failures failed looks by the public name of their kind
 * @param seconds how long the server was in each state
 * @param sumMicros of the response times of looks that did not fail, with their least and most
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
}
