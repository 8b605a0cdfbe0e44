package dev.pharos.health;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one look speaks for, with the threshold of slowness.
 *
 * @param health {@code UNKNOWN} when it speaks for nothing
 * @param reason why it is not healthy, or null
 */
record Verdict(Health health, @Nullable Failure reason) {
  static final Verdict NOTHING = new Verdict(Health.UNKNOWN, null);

  private static final Verdict HEALTHY = new Verdict(Health.HEALTHY, null);
  private static final long SECOND = 1_000_000;

  static Verdict of(Outcome outcome, @Nullable Duration slowAfter) {
    return switch (outcome) {
      case Outcome.Passed(Observation seen) -> passed(seen, slowAfter);
      case Outcome.Impaired(_, Failure reason) -> new Verdict(Health.DEGRADED, reason);
      case Outcome.Failed(_, Failure reason) -> new Verdict(Health.UNHEALTHY, reason);
      case Outcome.Inconclusive _ -> NOTHING;
    };
  }

  private static Verdict passed(Observation seen, @Nullable Duration slowAfter) {
    if (slowAfter == null
        || Duration.of(seen.tookMicros(), ChronoUnit.MICROS).compareTo(slowAfter) <= 0) {
      return HEALTHY;
    }
    return new Verdict(Health.DEGRADED, slow(seen, slowAfter));
  }

  private static Failure slow(Observation seen, Duration limit) {
    StageTime longest =
        seen.stages().stream()
            .max(Comparator.comparingLong(StageTime::micros))
            .orElse(new StageTime(Stage.LIST, seen.tookMicros()));
    String message =
        "answered after %s, the limit is %s; longest was %s with %s"
            .formatted(
                words(seen.tookMicros()),
                words(limit.toNanos() / 1_000),
                longest.stage().wire(),
                words(longest.micros()));
    return new Failure(longest.stage(), FailureKind.SLOW, message);
  }

  private static String words(long micros) {
    return micros < SECOND
        ? micros / 1_000 + " ms"
        : String.format(Locale.ROOT, "%.1f s", (double) micros / SECOND);
  }
}
