package dev.pharos.watch;

import java.time.Duration;

/**
 * How long a server lets an idle connection live. An end before that is a hint to look; an end that
 * always comes after five seconds, as many servers have it, is none. Guarded by its post.
 */
final class IdleHabit {
  private static final long FIRST_GAP = Duration.ofSeconds(2).toNanos();
  private static final int MAX_STEPS = 10;
  private static final long UNKNOWN = Long.MAX_VALUE;

  /** By how much less than usual an end may come and still be usual; servers sweep, too. */
  private static final long SLACK = Duration.ofMillis(500).toNanos();

  private long usual = UNKNOWN;
  private long restingSince = Times.NEVER;
  private long lastLife;
  private long lastHint = Long.MIN_VALUE / 2;
  private int vain;
  private boolean hinted;

  /** A look begins; a connection that outlived what was usual shows that nothing of it was so. */
  void begins(long now) {
    if (restingSince != Times.NEVER && usual != UNKNOWN && lived(now) > usual + slack()) {
      usual = UNKNOWN;
    }
    restingSince = Times.NEVER;
  }

  /**
   * A look ended.
   *
   * @param well whether the server answered it
   */
  void looked(boolean well, long now) {
    if (hinted) {
      hinted = false;
      if (well) {
        usual = Math.min(usual, lastLife);
      }
      vain = well ? Math.min(vain + 1, MAX_STEPS) : 0;
    }
    if (well) {
      restingSince = now;
    }
  }

  /**
   * The idle connection ended; returns when to look because of it: never when that is usual, and
   * the later the more often it was in vain.
   */
  long ended(long now) {
    if (restingSince == Times.NEVER) {
      return Times.NEVER;
    }
    long life = lived(now);
    restingSince = Times.NEVER;
    if (life >= usual - slack()) {
      return Times.NEVER;
    }
    lastLife = life;
    hinted = true;
    lastHint = Math.max(now, lastHint + gap());
    return lastHint;
  }

  private long lived(long now) {
    return now - restingSince;
  }

  private long slack() {
    return Math.max(SLACK, usual / 10);
  }

  /**
   * Between two looks because of an end: nothing at first, then 2 s and twice as much each time.
   */
  private long gap() {
    return vain == 0 ? 0 : FIRST_GAP << (vain - 1);
  }
}
