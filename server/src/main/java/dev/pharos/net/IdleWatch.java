package dev.pharos.net;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what peers do on connections that nobody uses: one thread and one selector for all.
 * Thread-safe.
 *
 * <p>It looks ten times a second, rather than being woken by each event: what is registered and
 * deregistered meanwhile is done in one go, so that a check pays no wake-up of this thread, and a
 * connection that is used again at once is never registered at all. An end is noticed up to a tenth
 * of a second late for that.
 */
final class IdleWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IdleWatch.class);
  private static final long SWEEP = MILLISECONDS.toNanos(100);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private List<Rest> begun = new ArrayList<>();
  private @Nullable Thread thread;
  private boolean closed;

  /** Watches a connection from the next sweep on, if it still rests then. */
  void add(Rest rest) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      begun.add(rest);
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("pharos-idle").start(this::watch);
      } else if (begun.size() == 1) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    try (Selector selector = Selector.open()) {
      for (List<Rest> batch = next(selector); batch != null; batch = next(selector)) {
        sweep(selector, batch);
      }
    } catch (IOException e) {
      // Without a handle for the selector, ends are seen when the next look is due, as ever.
      LOG.atWarn().setCause(e).log("Ends of idle connections are not noticed at once");
      giveUp();
    } catch (InterruptedException e) {
      giveUp(); // nobody but a stopping JVM interrupts this thread
    }
  }

  private void giveUp() {
    lock.lock();
    try {
      closed = true;
      begun = List.of();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next sweep; null when there is to be none. Sleeps while there is nothing. */
  private @Nullable List<Rest> next(Selector selector) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && begun.isEmpty() && selector.keys().isEmpty()) {
        work.await();
      }
      for (long left = SWEEP; !closed && left > 0; ) {
        left = work.awaitNanos(left);
      }
      List<Rest> batch = begun;
      begun = new ArrayList<>();
      return closed ? null : batch;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The order matters. The selection forgets the keys that were cancelled; only after that may
   * those of this batch be registered, which rested before it: their handles may have the numbers
   * of handles that were cancelled and closed.
   */
  private static void sweep(Selector selector, List<Rest> batch) throws IOException {
    List<Rest> stirred = new ArrayList<>(0);
    selector.selectNow(key -> {
      if (key.attachment() instanceof Rest rest) {
        stirred.add(rest);
      }
    });
    stirred.forEach(Rest::stir);
    batch.forEach(rest -> rest.register(selector));
  }

  /** Stops watching; waits a second at most. */
  @Override
  public void close() {
    Thread watching;
    lock.lock();
    try {
      closed = true;
      begun = List.of();
      watching = thread;
      work.signal();
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
