package dev.pharos.watch;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;

/** As in the real program, tasks run beside the test; nothing beats. Thread-safe. */
final class Beside implements Pulse {
  private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();

  @Override
  public Beat every(String name, Duration period, Runnable task) {
    return () -> {};
  }

  @Override
  public void run(Runnable task) {
    threads.add(Thread.ofVirtual().start(task));
  }

  /** Waits until all tasks have ended. */
  void settle() throws InterruptedException {
    for (Thread next = threads.poll(); next != null; next = threads.poll()) {
      next.join();
    }
  }

  @Override
  public void close() {
    // Nothing beats.
  }
}
