package dev.pharos.cli;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The user's wish that we end, and what has to be ended then. Thread-safe. */
final class Stopping {
  private final CountDownLatch asked = new CountDownLatch(1);

  /** Guarded by this. */
  private @Nullable AutoCloseable running;

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Has something ended when the wish comes; at once when it is there already. */
  synchronized void ends(AutoCloseable what) throws Exception {
    running = what;
    if (isAsked()) {
      what.close();
    }
  }

  /** Returns when the wish has come. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** The wish; returns when all is ended, and whether there was something to end. */
  boolean ask() {
    asked.countDown();
    AutoCloseable what;
    synchronized (this) {
      what = running;
    }
    if (what == null) {
      return false;
    }
    try {
      what.close();
    } catch (Exception e) {
      return false;
    }
    return true;
  }
}
