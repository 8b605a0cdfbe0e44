package dev.pharos.watch;

import dev.pharos.trace.Ticker;
import java.time.Duration;

/** What makes the watch go: threads, or a test that drives the time. Thread-safe. */
public interface Pulse extends AutoCloseable {
  /** A task that is called again and again; closing it stops the calls, and may be done twice. */
  @FunctionalInterface
  interface Beat extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Calls a task each period, on one thread of its own; a call that takes longer delays the next. A
   * call that throws is reported and does not end the beat.
   */
  Beat every(String name, Duration period, Runnable task);

  /** Runs a task that may block, at once and beside everything else. */
  void run(Runnable task);

  /** Stops all beats. Tasks that run end by themselves. */
  @Override
  void close();

  /** Platform threads for the beats, virtual ones for the tasks. */
  static Pulse threads(Ticker ticker) {
    return new ThreadPulse(ticker);
  }
}
