package dev.pharos.trace;

import java.time.Duration;

/**
 * The moment by which something must be over, on the elapsed-time scale of a {@link Ticker}.
 * Immutable.
 */
public final class Deadline {
  private final Ticker ticker;
  private final long at;

  private Deadline(Ticker ticker, long at) {
    this.ticker = ticker;
    this.at = at;
  }

  /** A deadline {@code wait} from now. */
  public static Deadline after(Duration wait, Ticker ticker) {
    return new Deadline(ticker, ticker.nanos() + wait.toNanos());
  }

  /** The earlier of this deadline and one {@code wait} from now. */
  public Deadline within(Duration wait) {
    return new Deadline(ticker, ticker.nanos() + Math.min(wait.toNanos(), remainingNanos()));
  }

  /** Nanoseconds left, 0 when over. */
  public long remainingNanos() {
    return Math.max(0, at - ticker.nanos());
  }

  public boolean expired() {
    return at - ticker.nanos() <= 0;
  }
}
