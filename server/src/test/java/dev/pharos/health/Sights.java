package dev.pharos.health;

import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outcomes as a probe would hand them over. */
final class Sights {
  private Sights() {}

  static Observation seen(Instant begin, Duration took, @Nullable Duration retryAfter) {
    long micros = took.toNanos() / 1_000;
    List<StageTime> stages =
        List.of(
            new StageTime(Stage.CONNECT, micros / 10),
            new StageTime(Stage.HTTP, micros - micros / 10));
    return new Observation(
        begin, micros, stages, Facts.NONE, Counts.UNKNOWN, null, false, 0, List.of(), retryAfter);
  }

  static Observation seen(Instant begin) {
    return seen(begin, Duration.ofMillis(100), null);
  }

  static Outcome passed(Instant begin) {
    return new Outcome.Passed(seen(begin));
  }

  static Outcome slow(Instant begin) {
    return new Outcome.Passed(seen(begin, Duration.ofSeconds(6), null));
  }

  static Outcome impaired(Instant begin) {
    return new Outcome.Impaired(seen(begin), failure(FailureKind.LIST_ERROR));
  }

  static Outcome failed(Instant begin, FailureKind kind) {
    return new Outcome.Failed(seen(begin), failure(kind));
  }

  static Outcome inconclusive(Instant begin) {
    return new Outcome.Inconclusive(seen(begin), "no file handle left");
  }

  static Failure failure(FailureKind kind) {
    Stage own = kind.stage();
    return new Failure(own == null ? Stage.HTTP : own, kind, "it was " + kind.wire());
  }
}
