package dev.pharos.mcp;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what conversations open and end. What has begun and is not over is held now. Thread-safe.
 *
 * <p>A session is what a server must remember of us: over Streamable HTTP one with an id, over
 * HTTP+SSE an event stream on which we initialized, over stdio a process that we initialized. The
 * stateless era has none.
 */
public final class Tally {
  private final LongAdder sessionsOpened = new LongAdder();
  private final LongAdder sessionsEnded = new LongAdder();
  private final LongAdder childrenStarted = new LongAdder();
  private final LongAdder childrenReaped = new LongAdder();

  Lease session() {
    return new Lease(sessionsOpened, sessionsEnded);
  }

  Lease child() {
    return new Lease(childrenStarted, childrenReaped);
  }

  public long sessionsOpened() {
    return sessionsOpened.sum();
  }

  /**
   * Sessions that we ended or gave up, whether their server heard of it or not, and those that
   * ended with their process.
   */
  public long sessionsEnded() {
    return sessionsEnded.sum();
  }

  public long childrenStarted() {
    return childrenStarted.sum();
  }

  /** Processes whose exit the system has told us of. */
  public long childrenReaped() {
    return childrenReaped.sum();
  }
}
