package dev.pharos.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Times the answers of our own HTTP server. Thread-safe. */
public final class RequestMeter {
  private record Key(String operation, int status) {}

  private final MeterRegistry registry;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  RequestMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * A request was answered.
   *
   * @param operation the name of its route: few, and never taken from the request
   */
  public void served(String operation, int status, long nanos) {
    timers
        .computeIfAbsent(new Key(operation, status), this::bind)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer bind(Key key) {
    return Timer.builder("pharos.http.requests")
        .description("Answers of the monitor's own HTTP server")
        .tag("operation", key.operation())
        .tag("status", Integer.toString(key.status()))
        .register(registry);
  }
}
