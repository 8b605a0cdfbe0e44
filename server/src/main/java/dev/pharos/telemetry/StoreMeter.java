package dev.pharos.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Times the database. Thread-safe. */
public final class StoreMeter {
  private final MeterRegistry registry;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();
  private final Counter rows;

  StoreMeter(MeterRegistry registry) {
    this.registry = registry;
    this.rows =
        Counter.builder("pharos.store.rows")
            .description("Results of looks written to the database")
            .register(registry);
  }

  /**
   * Something was done.
   *
   * @param operation its name: few, and fixed in the program
   */
  public void took(String operation, long nanos) {
    timers.computeIfAbsent(operation, this::bind).record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Results were written. */
  public void wrote(int results) {
    rows.increment(results);
  }

  private Timer bind(String operation) {
    return Timer.builder("pharos.store.duration")
        .description("How long the database took")
        .tag("operation", operation)
        .register(registry);
  }
}
