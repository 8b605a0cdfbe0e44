package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that a server asked for. */
final class Pauses {
  private Pauses() {}

  /** Waits that long, but not past the look's deadline. */
  static void pause(long millis, Look look) throws FailureException {
    long wait = TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      if (wait >= look.deadline().remainingNanos()) {
        throw new FailureException(
            FailureKind.TIMEOUT,
            "the server asked to wait " + millis + " ms, longer than the look may take");
      }
      if (wait > 0 && new CountDownLatch(1).await(wait, TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("nobody counts down");
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** We are being stopped: not the server's fault, and the thread must hear of it. */
  static FailureException interrupted() {
    Thread.currentThread().interrupt();
    return new FailureException(FailureKind.TIMEOUT, "the look was interrupted");
  }
}
