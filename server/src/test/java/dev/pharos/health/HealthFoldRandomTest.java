package dev.pharos.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Span;
import dev.pharos.testing.Seed;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever happens, in whatever order, some things hold. */
class HealthFoldRandomTest {
  private static final int STORIES = 200;
  private static final int HAPPENINGS = 500;

  private static final List<FailureKind> KINDS =
      List.of(FailureKind.REFUSED, FailureKind.TIMEOUT, FailureKind.HTTP_429, FailureKind.HTTP_503);

  private final long seed = Seed.of(HealthFoldRandomTest.class);
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void spans_tile_time_and_every_step_follows_from_the_one_before() {
    int flips = 0;
    for (int story = 0; story < STORIES; story++) {
      HealthSettings settings = settings();
      HealthMemory memory = HealthMemory.fresh(Story.START);
      SpanLine line = new SpanLine(memory);
      Instant now = Story.START;
      for (int happening = 0; happening < HAPPENINGS; happening++) {
        now = now.plus(pause());
        Happening what = happening(now);
        Step step = HealthFold.step(memory, what, settings, now);
        try {
          line.add(step);
          check(memory, step, now, settings);
        } catch (AssertionError e) {
          throw new AssertionError(
              "seed %d, story %d, happening %d: %s after %s"
                  .formatted(seed, story, happening, what, memory),
              e);
        }
        memory = step.memory();
      }
      flips += line.spans().size();
      checkTiling(line.spans());
    }
    assertThat(flips).as("seed %d: enough was going on", seed).isGreaterThan(STORIES * 20);
  }

  private static void check(HealthMemory before, Step step, Instant now, HealthSettings settings) {
    HealthMemory after = step.memory();
    checkChanges(before, step, now);
    checkDue(step, now, settings);
    assertThat(after.since()).isAfterOrEqualTo(before.since()).isBeforeOrEqualTo(now);
    assertThat(after.reason() == null)
        .isEqualTo(after.health() == Health.HEALTHY || after.health() == Health.UNKNOWN);
    assertThat(after.circuit()).isNotEqualTo(CircuitState.HALF_OPEN);
    assertThat(after.failuresInRow() > 0 && after.successesInRow() > 0).isFalse();
    assertThat(after.firstFailureAt() == null).isEqualTo(after.failuresInRow() == 0);
    assertThat(after.firstSuccessAt() == null).isEqualTo(after.successesInRow() == 0);
    if (after.failuresInRow() > 0 && after.health() != Health.UNHEALTHY) {
      assertThat(after.failuresInRow()).isLessThan(settings.failAfter());
    }
    if (after.circuit() == CircuitState.CLOSED) {
      assertThat(after.failureCycles()).isZero();
    }
    assertThat(after.autoDisabledAt() == null).isEqualTo(after.autoDisabledReason() == null);
    assertThat(after.autoDisabledAt() != null && after.active()).isFalse();
    assertThat(after.errorCount()).isBetween(before.errorCount(), before.errorCount() + 1);
    if (after.blind()) {
      assertThat(after.health()).isEqualTo(Health.UNKNOWN);
    }
  }

  private static void checkChanges(HealthMemory before, Step step, Instant now) {
    Health health = before.health();
    CircuitState circuit = before.circuit();
    boolean active = before.active();
    for (Change change : step.changes()) {
      switch (change) {
        case Change.Status each -> {
          assertThat(each.from()).isEqualTo(health).isNotEqualTo(each.to());
          assertThat(each.at()).isBeforeOrEqualTo(now).isEqualTo(step.memory().since());
          health = each.to();
        }
        case Change.Circuit each -> {
          assertThat(each.from()).isEqualTo(circuit).isNotEqualTo(each.to());
          assertThat(each.at()).isEqualTo(now);
          circuit = each.to();
        }
        case Change.AutoDisabled each -> {
          assertThat(active).isTrue();
          assertThat(each.reason()).isEqualTo(step.memory().autoDisabledReason());
          active = false;
        }
        case Change.AutoEnabled each -> {
          assertThat(active).isFalse();
          assertThat(each.reason()).isNotBlank();
          active = true;
        }
      }
    }
    assertThat(step.memory().health()).isEqualTo(health);
    assertThat(step.memory().circuit()).isEqualTo(circuit);
  }

  private static void checkDue(Step step, Instant now, HealthSettings settings) {
    HealthMemory after = step.memory();
    Instant due = step.nextDue();
    if (after.active() || due != null) {
      assertThat(due).isNotNull().isBetween(now, now.plus(longestWait(after, settings)));
    }
    if (step.knock()) {
      assertThat(after.active()).isTrue();
      assertThat(after.blind()).isFalse();
      assertThat(after.failuresInRow()).isPositive();
    }
  }

  private static Duration longestWait(HealthMemory after, HealthSettings settings) {
    Stream<Duration> waits =
        after.active()
            ? Stream.of(
                settings.interval(),
                settings.watchedInterval(),
                settings.degradedInterval(),
                settings.unhealthyInterval(),
                settings.maxOpenInterval(),
                settings.confirmSlow())
            : Stream.of(settings.disabledInterval());
    return Stream.concat(waits, Stream.of(Cadence.SHORTEST, Cadence.LONGEST_RETRY))
        .max(Duration::compareTo)
        .orElseThrow();
  }

  private static void checkTiling(List<Span> spans) {
    assertThat(spans.getFirst().from()).isEqualTo(Story.START);
    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i).from()).isEqualTo(spans.get(i - 1).to());
    }
    assertThat(spans).filteredOn(span -> span.to() == null).hasSize(1);
  }

  private Duration pause() {
    return switch (random.nextInt(4)) {
      case 0 -> Duration.ZERO;
      case 1 -> Duration.ofNanos(random.nextLong(5_000_000) * 1_000);
      case 2 -> Duration.ofMillis(random.nextLong(120_000));
      default -> Duration.ofSeconds(random.nextLong(1_200));
    };
  }

  private Happening happening(Instant now) {
    return switch (random.nextInt(60)) {
      case 0, 1 -> new Happening.Disabled();
      case 2, 3, 4, 5 -> new Happening.Enabled();
      case 6 -> new Happening.MaintenanceBegan();
      case 7, 8 -> new Happening.MaintenanceEnded();
      case 9 -> new Happening.Blinded();
      case 10, 11 -> new Happening.Sighted();
      case 12 -> new Happening.CircuitReset();
      case 13 -> new Happening.Edited();
      default -> new Happening.Looked(outcome(now), random.nextBoolean(), random.nextInt(5) > 0);
    };
  }

  /** Good and bad come in rows, or no circuit would ever open. */
  private Outcome outcome(Instant now) {
    Duration took = Duration.ofMillis(random.nextLong(8_000));
    Observation seen = Sights.seen(now.minus(took), took, retryAfter());
    return switch (random.nextInt(16)) {
      case 0, 1 -> new Outcome.Passed(seen);
      case 2 -> new Outcome.Impaired(seen, Sights.failure(FailureKind.LIST_ERROR));
      case 3 -> new Outcome.Inconclusive(seen, "ours");
      default -> new Outcome.Failed(seen, Sights.failure(KINDS.get(random.nextInt(KINDS.size()))));
    };
  }

  private @Nullable Duration retryAfter() {
    return random.nextInt(5) == 0 ? Duration.ofSeconds(random.nextLong(-10, 1_000)) : null;
  }

  private HealthSettings settings() {
    Tuning tuning = new Tuning();
    tuning.adaptive = random.nextInt(4) > 0;
    tuning.interval = Duration.ofMillis(random.nextLong(1, 120_000));
    tuning.watchedInterval = Duration.ofSeconds(random.nextLong(1, 600));
    tuning.degradedInterval = Duration.ofSeconds(random.nextLong(1, 120));
    tuning.unhealthyInterval = Duration.ofSeconds(random.nextLong(1, 120));
    tuning.settlingInterval = Duration.ofSeconds(random.nextLong(1, 60));
    tuning.failAfter = random.nextInt(1, 4);
    tuning.recoverAfter = random.nextInt(1, 4);
    tuning.slowAfter = random.nextBoolean() ? null : Duration.ofSeconds(5);
    tuning.failureThreshold = random.nextInt(1, 8);
    tuning.circuitTimeout = Duration.ofSeconds(random.nextLong(1, 600));
    tuning.maxFailureCycles = random.nextInt(1, 5);
    tuning.autoDisable = random.nextBoolean();
    tuning.disabledInterval = Duration.ofSeconds(random.nextLong(1, 1_800));
    return tuning.settings();
  }
}
