package dev.pharos.process;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The waits of one ending. An interrupt cuts the running wait short, but the ending goes on to its
 * end: a child left behind is worse than a late answer. Belongs to one thread.
 */
final class Patience {
  private final Semaphore never = new Semaphore(0);
  private boolean interrupted = Thread.interrupted();

  private interface Wait {
    boolean run() throws InterruptedException;
  }

  /** Whether the process is over, at the latest after so long. */
  boolean exited(Process process, Duration atMost) {
    return waited(() -> process.waitFor(atMost)) || !process.isAlive();
  }

  /** Takes the lock, or returns false. */
  boolean lock(ReentrantLock lock, Duration atMost) {
    return waited(() -> lock.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS));
  }

  void join(Thread thread, Duration atMost) {
    waited(() -> thread.join(atMost));
  }

  void join(Pump pump, Duration atMost) {
    waited(() -> {
      pump.join(atMost);
      return true;
    });
  }

  void pause(Duration pause) {
    waited(() -> never.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Hands a swallowed interrupt back to the thread. */
  void restore() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean waited(Wait wait) {
    try {
      return wait.run();
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    }
  }
}
