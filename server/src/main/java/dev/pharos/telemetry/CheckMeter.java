package dev.pharos.telemetry;

import dev.pharos.fleet.Outcome;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts looks. It stands in the path of every look: all meters are bound before, but those of a
 * kind of failure, which are bound when it is first seen. Thread-safe.
 */
public final class CheckMeter {
  private static final Duration[] BOUNDS =
      List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1_000L, 2_000L, 5_000L, 10_000L, 30_000L)
          .stream()
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private record Place(Stage stage, FailureKind kind) {}

  private final MeterRegistry registry;
  private final Counter passed;
  private final Counter impaired;
  private final Counter failed;
  private final Counter inconclusive;
  private final Timer duration;
  private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
  private final DistributionSummary bytes;
  private final Map<Place, Counter> failures = new ConcurrentHashMap<>();

  CheckMeter(MeterRegistry registry) {
    this.registry = registry;
    this.passed = outcome("passed");
    this.impaired = outcome("impaired");
    this.failed = outcome("failed");
    this.inconclusive = outcome("inconclusive");
    this.duration =
        timer("pharos.check.duration", "How long looks that did not fail took").register(registry);
    for (Stage stage : Stage.values()) {
      stages.put(
          stage,
          timer("pharos.check.stage.duration", "How long the stages of looks took")
              .tag("stage", stage.wire())
              .register(registry));
    }
    this.bytes =
        DistributionSummary.builder("pharos.check.read")
            .description("Body bytes read by looks, after inflation")
            .baseUnit("bytes")
            .register(registry);
  }

  private Counter outcome(String name) {
    return Counter.builder("pharos.checks")
        .description("Looks by what they came to")
        .tag("outcome", name)
        .register(registry);
  }

  private static Timer.Builder timer(String name, String help) {
    return Timer.builder(name).description(help).serviceLevelObjectives(BOUNDS);
  }

  /** A look ended. */
  public void looked(Outcome outcome) {
    switch (outcome) {
      case Outcome.Passed _ -> passed.increment();
      case Outcome.Impaired it -> {
        impaired.increment();
        failure(it.reason());
      }
      case Outcome.Failed it -> {
        failed.increment();
        failure(it.reason());
      }
      case Outcome.Inconclusive _ -> inconclusive.increment();
    }
    if (!(outcome instanceof Outcome.Failed || outcome instanceof Outcome.Inconclusive)) {
      duration.record(outcome.seen().tookMicros(), TimeUnit.MICROSECONDS);
    }
    for (StageTime each : outcome.seen().stages()) {
      Timer timer = stages.get(each.stage());
      if (timer != null) {
        timer.record(each.micros(), TimeUnit.MICROSECONDS);
      }
    }
    bytes.record((double) outcome.seen().bytesRead());
  }

  private void failure(Failure failure) {
    failures.computeIfAbsent(new Place(failure.stage(), failure.kind()), this::bind).increment();
  }

  private Counter bind(Place place) {
    return Counter.builder("pharos.check.failures")
        .description("Failed and impaired looks by stage and kind")
        .tag("stage", place.stage().wire())
        .tag("kind", place.kind().wire())
        .register(registry);
  }
}
