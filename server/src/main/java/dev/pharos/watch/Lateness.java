package dev.pharos.watch;

import java.util.Arrays;

/** How late the newest looks were begun. Thread-safe: guarded by itself. */
final class Lateness {
  private static final int KEPT = 4_096;

  private final long[] ring = new long[KEPT];
  private long count;

  /** Takes in one look's lateness, in nanoseconds. */
  synchronized void add(long nanos) {
    ring[(int) (count++ % KEPT)] = Math.max(0, nanos);
  }

  /** Over the newest looks, in microseconds; zeros before the first. */
  WatchStats.Lateness read() {
    long[] kept = sorted();
    return kept.length == 0
        ? new WatchStats.Lateness(0, 0, 0)
        : new WatchStats.Lateness(
            micros(kept, 0.5), micros(kept, 0.99), kept[kept.length - 1] / 1_000);
  }

  private long[] sorted() {
    long[] kept;
    synchronized (this) {
      kept = Arrays.copyOf(ring, (int) Math.min(count, KEPT));
    }
    Arrays.sort(kept);
    return kept;
  }

  private static long micros(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1_000;
  }
}
