package dev.pharos.watch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Does a work that may take long beside those who call for it, once at a time: whoever calls while
 * it is done has it done once more after that. Thread-safe.
 */
final class Sideline {
  private final Pulse pulse;
  private final Runnable work;
  private final AtomicBoolean called = new AtomicBoolean();
  private final ReentrantLock working = new ReentrantLock();

  Sideline(Pulse pulse, Runnable work) {
    this.pulse = pulse;
    this.work = work;
  }

  /** Has the work done soon; does not wait for it. */
  void call() {
    called.set(true);
    pulse.run(this::unlessDone);
  }

  private void unlessDone() {
    // Who finds the lock taken may go: whoever holds it looks again after it is let go.
    while (called.get() && working.tryLock()) {
      try {
        while (called.compareAndSet(true, false)) {
          work.run();
        }
      } finally {
        working.unlock();
      }
    }
  }

  /** Does the work now, and waits for whoever does it already. */
  void finish() {
    working.lock();
    try {
      work.run();
    } finally {
      working.unlock();
    }
    unlessDone();
  }
}
