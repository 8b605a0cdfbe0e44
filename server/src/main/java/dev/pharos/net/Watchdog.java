package dev.pharos.net;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.pharos.trace.Deadline;
import dev.pharos.trace.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Closes sockets whose deadline passes: one deadline over all that blocks, reads, stalled writes
 * and TLS alike, without a timer for each read. One thread sleeps until the earliest deadline;
 * arming wakes it only for an earlier one, so that arming and disarming cost little more than a
 * lock. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
  /** Bounds how late a ticker that does not follow the machine's clock is noticed. */
  private static final long LONGEST_SLEEP = MILLISECONDS.toNanos(100);

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();
  private final Guard armed = new Guard(null);
  private @Nullable Thread thread;
  private boolean idle;
  private long wakeAt;
  private boolean closed;

  Watchdog(Ticker ticker) {
    this.ticker = ticker;
  }

  /** The deadline that is so far off. */
  Deadline in(Duration time) {
    return Deadline.after(time, ticker);
  }

  /** Closes the guard's socket when the deadline passes, unless it is disarmed before. */
  void arm(Guard guard, Deadline deadline) {
    long due = ticker.nanos() + deadline.remainingNanos();
    lock.lock();
    try {
      if (closed) {
        return;
      }
      guard.due = due;
      guard.linkBefore(armed);
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("pharos-watchdog").start(this::watch);
      } else if (idle || due - wakeAt < 0) {
        earlier.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets a guard go; may be called twice. */
  void disarm(Guard guard) {
    lock.lock();
    try {
      if (guard.linked()) {
        guard.unlink();
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    boolean open = true;
    while (open) {
      List<Guard> late = new ArrayList<>();
      open = sleep(late);
      late.forEach(Guard::closeSocket);
    }
  }

  /** Waits until guards are late and takes them out; false when the watchdog is closed. */
  private boolean sleep(List<Guard> late) {
    lock.lock();
    try {
      while (!closed) {
        long now = ticker.nanos();
        long earliest = takeLate(now, late);
        if (!late.isEmpty()) {
          return true;
        }
        idle = !armed.linked();
        wakeAt = now + earliest;
        if (idle) {
          earlier.await();
        } else if (earlier.awaitNanos(earliest) <= 0) {
          wakeAt = ticker.nanos();
        }
      }
    } catch (InterruptedException e) {
      closed = true; // nobody but a stopping JVM interrupts this thread
    } finally {
      lock.unlock();
    }
    return false;
  }

  /** Moves late guards to the list and tells the nanoseconds until the next look. */
  private long takeLate(long now, List<Guard> late) {
    long earliest = LONGEST_SLEEP;
    for (Guard guard = armed.next; guard != armed; ) {
      Guard following = guard.next;
      long left = guard.due - now;
      if (left <= 0) {
        guard.unlink();
        guard.markFired();
        late.add(guard);
      } else {
        earliest = Math.min(earliest, left);
      }
      guard = following;
    }
    return earliest;
  }

  @Override
  public void close() {
    Thread watching;
    lock.lock();
    try {
      closed = true;
      watching = thread;
      earlier.signal();
    } finally {
      lock.unlock();
    }
    if (watching != null) {
      awaitEnd(watching);
    }
  }

  private static void awaitEnd(Thread watching) {
    try {
      var _ = watching.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
