package dev.pharos.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Does work on virtual threads, released in ticks of about 20 ms worth as the monitor does, with at
 * most so many in flight.
 */
final class Crew {
  /** One piece of work for one server. */
  interface Task {
    void on(int server) throws Exception;
  }

  private static final long TICK_NANOS = Duration.ofMillis(20).toNanos();

  /** On a machine that is busy with something else it must end all the same. */
  private static final int MAX_WARM_UPS = 5;

  private final int inFlight;
  private int batch = 128;
  private long done;

  Crew(int inFlight) {
    this.inFlight = inFlight;
  }

  /** How much work was done in all. */
  long done() {
    return done;
  }

  /** Does the work once for each server. */
  void each(int servers, Task task) throws Exception {
    for (int first = 0; first < servers; first += batch) {
      tick(first, Math.min(batch, servers - first), servers, task);
    }
  }

  /** Does the work until the compiler has seen enough of it: for that time and that often. */
  void warmUp(int servers, Duration time, long count, Task task) throws Exception {
    long warm = saturate(servers, time, task);
    for (int i = 0; warm < count && i < MAX_WARM_UPS; i++) {
      warm += saturate(servers, time, task);
    }
  }

  /**
   * Does the work for one server after the other, round and round, as fast as it goes.
   *
   * @return how often it was done
   */
  long saturate(int servers, Duration time, Task task) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    long before = done;
    for (long start = System.nanoTime(); start - end < 0; start = System.nanoTime()) {
      tick((int) (done % servers), batch, servers, task);
      long took = System.nanoTime() - start;
      batch =
          Math.clamp((batch + batch * TICK_NANOS / took) / 2, Math.min(inFlight, servers), servers);
    }
    return done - before;
  }

  private void tick(int first, int count, int servers, Task task) throws Exception {
    AtomicInteger claimed = new AtomicInteger();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    int workers = Math.min(inFlight, count);
    CountDownLatch atWork = new CountDownLatch(workers);
    for (int w = 0; w < workers; w++) {
      Thread.startVirtualThread(() -> {
        try {
          for (int i; (i = claimed.getAndIncrement()) < count; ) {
            task.on((first + i) % servers);
          }
        } catch (Exception e) {
          failure.compareAndSet(null, e);
        } finally {
          atWork.countDown();
        }
      });
    }
    atWork.await();
    Exception cause = failure.get();
    if (cause != null) {
      throw cause;
    }
    done += count;
  }
}
