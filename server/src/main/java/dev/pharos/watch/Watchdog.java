package dev.pharos.watch;

import java.time.Duration;

/**
 * Sees from outside whether the looks keep up: called by a thread that has no part in making them.
 */
final class Watchdog {
  /** Looks that follow one another more closely are not called late before this. */
  private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

  private final Times times;
  private final DueQueue queue;
  private final Announcer announcer;
  private volatile boolean late;

  Watchdog(Times times, DueQueue queue, Announcer announcer) {
    this.times = times;
    this.queue = queue;
    this.announcer = announcer;
  }

  /** Whether the oldest due look is two intervals late. */
  boolean late() {
    return late;
  }

  void beat() {
    DueQueue.Oldest oldest = queue.oldest();
    long behind = oldest == null ? 0 : times.now() - oldest.due();
    boolean now = oldest != null && behind > 2 * Math.max(oldest.interval(), PATIENCE);
    if (now != late) {
      late = now;
      if (now) {
        announcer.say("late", "looks are " + Duration.ofNanos(behind).toSeconds() + " s behind");
      } else {
        announcer.say("live", "looks are made in time again");
      }
    }
  }
}
