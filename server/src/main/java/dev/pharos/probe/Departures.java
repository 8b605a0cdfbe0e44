package dev.pharos.probe;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a server's process ended by itself, as long as that is news. It was down until we start it
 * again, and two looks see it so: the one that its end calls for and the one that confirms it.
 * Started again in silence, a server that crashes now and then would seem to be up all the time.
 * Guarded by its session's lock.
 */
final class Departures {
  private static final int MOURNERS = 2;

  /** A look that comes later than this after the first confirms nothing. */
  private static final long MOURNING = Duration.ofSeconds(10).toNanos();

  private final Ticker ticker;
  private @Nullable FailureException last;
  private long at;
  private int looks;

  Departures(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * @param how the process ended, or null when none did
   */
  void notice(@Nullable FailureException how) {
    if (how != null) {
      last = how;
      at = ticker.nanos();
      looks = 0;
    }
  }

  /** Whether a process ended of which not all looks were told that should be. */
  boolean pending() {
    return last != null;
  }

  /** Fails the look that is to see it down; afterwards the end is no news any more. */
  void mourn() throws FailureException {
    FailureException how = last;
    if (how == null) {
      return;
    }
    if (looks < MOURNERS && ticker.nanos() - at < MOURNING) {
      looks++;
      throw new FailureException(how.kind(), how.detail());
    }
    last = null;
  }
}
