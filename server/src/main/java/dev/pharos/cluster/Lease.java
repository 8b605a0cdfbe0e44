package dev.pharos.cluster;

import dev.pharos.trace.Ticker;
import java.time.Duration;

/**
 * Whether this node may look at what it has. It may while its last word to the store is so young
 * that no other node can have called it dead; and in an outage of the store, when nobody else can
 * have taken its servers. So a process that was stopped for a while, or that alone lost the store,
 * does not look at what others look at by now. Thread-safe.
 */
final class Lease {
  /** Shorter than {@link Node#DEAD}, since the store may have noted the beat before we know. */
  static final Duration SAFE = Duration.ofSeconds(8);

  /** A call of the store that takes longer counts as an outage. */
  private static final Duration HANGS = Duration.ofSeconds(3);

  private final Ticker ticker;
  private boolean everConfirmed;
  private long confirmed;
  private boolean failing;
  private boolean asking;
  private long askedAt;
  private boolean forAll;

  Lease(Ticker ticker) {
    this.ticker = ticker;
  }

  /** A beat is on its way; returns its moment for {@link #confirmed}. */
  synchronized long asks() {
    asking = true;
    askedAt = ticker.nanos();
    return askedAt;
  }

  /** The beat of that moment arrived, and what the store says is obeyed. */
  synchronized void confirmed(long moment) {
    everConfirmed = true;
    confirmed = moment;
    asking = false;
    failing = false;
  }

  /** The store could not be reached. */
  synchronized void failed() {
    asking = false;
    failing = true;
  }

  /**
   * Says what an outage would mean.
   *
   * @param nobodyElse whether, were the store away, no other node could reach it either
   */
  synchronized void outage(boolean nobodyElse) {
    forAll = nobodyElse;
  }

  synchronized boolean mayLook() {
    long now = ticker.nanos();
    if (everConfirmed && now - confirmed < SAFE.toNanos()) {
      return true;
    }
    boolean hangs = asking && now - askedAt > HANGS.toNanos();
    return everConfirmed && forAll && (failing || hangs);
  }
}
