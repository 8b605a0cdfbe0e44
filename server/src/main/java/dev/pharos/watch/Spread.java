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

  /**
   * So many servers with neighbouring numbers are looked at one right after the other: their rows
   * lie side by side, so that a transaction of results rewrites few pages of the database.
   */
  private static final int NEIGHBOURS = 16;

  /** A server's own share of something, 0 up to 1: neighbouring numbers are far apart. */
  static double share(ServerId id) {
    return scattered(id.value());
  }

  /**
   * A server's own place in every interval, 0 up to 1. Neighbours stand as close together as the
   * fleet does on average, so that its places are all about as far apart.
   *
   * @param servers in the fleet
   */
  static double phase(ServerId id, int servers) {
    double first = scattered(id.value() / NEIGHBOURS);
    double phase = first + (double) (id.value() % NEIGHBOURS) / Math.max(servers, NEIGHBOURS);
    return phase < 1 ? phase : phase - 1;
  }

  private static double scattered(long number) {
    return ((number * FIBONACCI) >>> 11) * 0x1p-53;
  }

  /**
   * When to look first, after a start or an outage of ours: spread over the interval, or over less
   * when the fleet is small.
   *
   * @param servers how many start together
   */
  static long first(ServerId id, long now, long interval, int servers) {
    long lap = Math.max(SHORTEST_LAP, servers * NANOS_PER_FIRST_LOOK);
    return now + (long) (phase(id, servers) * Math.min(Math.max(interval, SHORTEST_INTERVAL), lap));
  }

  /**
   * Draws a due time toward the server's own phase, by at most a quarter of the interval and never
   * to later: what flipped together, or started together, drifts apart again.
   *
   * @param servers in the fleet
   */
  static long drawn(ServerId id, long due, long interval, int servers) {
    if (interval < SETTLED) {
      return due;
    }
    long beyond = Math.floorMod(due - (long) (phase(id, servers) * interval), interval);
    return due - Math.min(beyond, interval / 4);
  }
}
