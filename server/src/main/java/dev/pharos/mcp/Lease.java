package dev.pharos.mcp;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * One thing that a server or the system keeps for us, counted when it begins and when it is over: a
 * session or a process. Thread-safe.
 */
final class Lease {
  private final LongAdder begun;
  private final LongAdder over;
  private final AtomicBoolean running = new AtomicBoolean();

  Lease(LongAdder begun, LongAdder over) {
    this.begun = begun;
    this.over = over;
  }

  /** Counts a beginning, unless it runs already. */
  void begin() {
    if (running.compareAndSet(false, true)) {
      begun.increment();
    }
  }

  /** Counts the end, unless it does not run. */
  void end() {
    if (running.compareAndSet(true, false)) {
      over.increment();
    }
  }
}
