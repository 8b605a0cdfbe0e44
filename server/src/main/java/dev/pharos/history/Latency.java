package dev.pharos.history;

/**
 * The fixed buckets of response times: they add up over any time, so that percentiles can be taken
 * of sums.
 */
public final class Latency {
  /** Twelve buckets to a power of ten from 100 µs on: a percentile is right within a tenth. */
  private static final int PER_DECADE = 12;

  private static final double FIRST = 100;

  /** How many buckets there are; the last holds all that is longer. */
  public static final int BUCKETS = 6 * PER_DECADE + 1;

  private Latency() {}

  /** The bucket of a response time in microseconds. */
  public static int bucket(long micros) {
    if (micros <= FIRST) {
      return 0;
    }
    int bucket = (int) Math.ceil(Math.log10(micros / FIRST) * PER_DECADE);
    return Math.min(bucket, BUCKETS - 1);
  }

  /** The upper bound of a bucket in microseconds. */
  public static long bound(int bucket) {
    return Math.round(FIRST * Math.pow(10, (double) bucket / PER_DECADE));
  }

  /**
   * The response time in microseconds below which a share of all lie, or -1 when there are none.
   *
   * @param share above 0 up to 1, for example 0.99
   */
  public static long percentile(long[] histogram, double share) {
    long total = 0;
    for (long count : histogram) {
      total += count;
    }
    if (total == 0) {
      return -1;
    }
    long wanted = (long) Math.ceil(total * share);
    long seen = 0;
    for (int bucket = 0; bucket < histogram.length; bucket++) {
      seen += histogram[bucket];
      if (seen >= wanted) {
        return bound(bucket);
      }
    }
    return bound(histogram.length - 1);
  }
}
