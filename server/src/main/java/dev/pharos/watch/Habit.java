package dev.pharos.watch;

import java.time.Duration;

/**
 * How a server treats the streams that we hold: one that ends them again and again while it is well
 * is looked at less hastily each time. Guarded by its post.
 */
final class Habit {
  private static final long LONG_LIFE = Duration.ofSeconds(30).toNanos();
  private static final long FIRST_GAP = Duration.ofSeconds(2).toNanos();
  private static final int MAX_STEPS = 6;

  private long heldSince;
  private long lastEnd = Long.MIN_VALUE / 2;
  private long lastLife;
  private int steps;
  private boolean ended;

  void held(long now) {
    heldSince = now;
  }

  /** A stream ended; returns when to look. */
  long ended(long now) {
    long due = Math.max(now, lastEnd + gap());
    lastLife = now - heldSince;
    lastEnd = due;
    ended = true;
    return due;
  }

  /** How the look after it came out. */
  void looked(boolean well) {
    if (ended) {
      ended = false;
      boolean hasty = well && lastLife < LONG_LIFE;
      steps = hasty ? Math.min(steps + 1, MAX_STEPS) : well ? Math.max(steps - 1, 0) : 0;
    }
  }

  /**
   * Between two looks because of an end: nothing at first, then 2 s and twice as much each time.
   */
  private long gap() {
    return steps == 0 ? 0 : FIRST_GAP << (steps - 1);
  }
}
