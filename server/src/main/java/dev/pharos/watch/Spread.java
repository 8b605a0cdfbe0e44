package dev.pharos.watch;

import dev.pharos.fleet.ServerId;
import java.time.Duration;

/** Spreads looks over time, so that there is no herd: not at the start, and not later. Pure. */
final class Spread {
  private static final long FIBONACCI = 0x9E3779B97F4A7C15L;

  /** At a start, a small fleet is looked at sooner than its intervals say: a hundred a second. */
  private static final long NANOS_PER_FIRST_LOOK = 10_000_000;

  private static final long SHORTEST_LAP = Duration.ofSeconds(1).toNanos();
  private static final long SHORTEST_INTERVAL = Duration.ofSeconds(10).toNanos();
  private static final long SETTLED = Duration.ofSeconds(1).toNanos();

  private Spread() {}

  /** A server's own place in every interval, 0 up to 1: neighbouring numbers are far apart. */
  static double phase(ServerId id) {
    return ((id.value() * FIBONACCI) >>> 11) * 0x1p-53;
  }

  /**
   * When to look first, after a start or an outage of ours: spread over the interval, or over less
   * when the fleet is small.
   *
   * @param servers how many start together
   */
  static long first(ServerId id, long now, long interval, int servers) {
    long lap = Math.max(SHORTEST_LAP, servers * NANOS_PER_FIRST_LOOK);
    return now + (long) (phase(id) * Math.min(Math.max(interval, SHORTEST_INTERVAL), lap));
  }

  /**
   * Draws a due time toward the server's own phase, by at most a quarter of the interval and never
   * to later: what flipped together, or started together, drifts apart again.
   */
  static long drawn(ServerId id, long due, long interval) {
    if (interval < SETTLED) {
      return due;
    }
    long beyond = Math.floorMod(due - (long) (phase(id) * interval), interval);
    return due - Math.min(beyond, interval / 4);
  }
}
