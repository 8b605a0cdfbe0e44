package dev.pharos.watch;

import dev.pharos.trace.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The watch's own scale of time: nanoseconds since it was built, on the elapsed-time clock, so that
 * setting the wall clock neither stops nor floods the looks. Thread-safe.
 */
final class Times {
  /** Later than everything. */
  static final long NEVER = Long.MAX_VALUE;

  private final InstantSource clock;
  private final Ticker ticker;
  private final long origin;

  Times(InstantSource clock, Ticker ticker) {
    this.clock = clock;
    this.ticker = ticker;
    this.origin = ticker.nanos();
  }

  long now() {
    return ticker.nanos() - origin;
  }

  Instant instant() {
    return clock.instant();
  }

  /** The wall clock's time of a moment of ours, to the microsecond that stores keep. */
  Instant instant(long at) {
    return clock.instant().plusNanos(at - now()).truncatedTo(ChronoUnit.MICROS);
  }

  long after(Duration wait) {
    return now() + wait.toNanos();
  }
}
