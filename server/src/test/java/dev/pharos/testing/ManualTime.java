package dev.pharos.testing;

import dev.pharos.trace.Ticker;
import dev.pharos.watch.Pulse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * Time that a test drives: both clocks and the pulse. Beats run in {@link #advance}, on the test's
 * own thread and always in the same order; tasks run at once and inline, or, for those that are to
 * last, when {@link #later} says so. Not thread-safe.
 */
public final class ManualTime implements InstantSource, Ticker, Pulse {
  /** Where every test begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Comparator<Due> ORDER =
      Comparator.comparingLong(Due::at).thenComparingLong(Due::number);

  private final PriorityQueue<Due> queue = new PriorityQueue<>(ORDER);
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private long nanos;
  private long numbers;
  private boolean running;

  private record Due(long at, long number, Runnable task) {}

  @Override
  public Instant instant() {
    return START.plusNanos(nanos);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  /** Lets time pass, and all happen that is due within. */
  public void advance(Duration by) {
    long end = nanos + by.toNanos();
    while (!queue.isEmpty() && queue.peek().at() <= end) {
      Due next = queue.remove();
      nanos = next.at();
      run(next.task());
    }
    nanos = end;
  }

  /** Runs a task when so much time has passed. */
  public void later(Duration wait, Runnable task) {
    queue.add(new Due(nanos + wait.toNanos(), numbers++, task));
  }

  @Override
  public Beat every(String name, Duration period, Runnable task) {
    boolean[] stopped = new boolean[1];
    repeat(period, task, stopped);
    return () -> stopped[0] = true;
  }

  private void repeat(Duration period, Runnable task, boolean[] stopped) {
    later(
        period,
        () -> {
          if (!stopped[0]) {
            repeat(period, task, stopped);
            task.run();
          }
        });
  }

  /** Runs a task at once; one that is begun by another task runs after that one. */
  @Override
  public void run(Runnable task) {
    tasks.add(task);
    if (!running) {
      running = true;
      try {
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
          next.run();
        }
      } finally {
        running = false;
      }
    }
  }

  @Override
  public void close() {
    queue.clear();
  }
}
