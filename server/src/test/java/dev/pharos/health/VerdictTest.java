package dev.pharos.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @ParameterizedTest
  @CsvSource({"4999999, HEALTHY", "5000000, HEALTHY", "5000001, DEGRADED"})
  void a_look_is_slow_only_above_the_threshold(long micros, Health expected) {
    Outcome outcome =
        new Outcome.Passed(Sights.seen(Story.START, Duration.ofNanos(micros * 1_000), null));
    assertThat(Verdict.of(outcome, LIMIT).health()).isEqualTo(expected);
  }

  @Test
  void a_slow_look_names_its_longest_stage() {
    Verdict verdict = Verdict.of(Sights.slow(Story.START), LIMIT);
    assertThat(verdict.reason())
        .isEqualTo(
            new Failure(
                Stage.HTTP,
                FailureKind.SLOW,
                "answered after 6.0 s, the limit is 5.0 s; longest was http with 5.4 s"));
  }

  @Test
  void short_times_are_told_in_milliseconds() {
    Outcome outcome = new Outcome.Passed(Sights.seen(Story.START, Duration.ofMillis(80), null));
    assertThat(Verdict.of(outcome, Duration.ofMillis(50)).reason())
        .extracting(Failure::message)
        .isEqualTo("answered after 80 ms, the limit is 50 ms; longest was http with 72 ms");
  }

  @Test
  void a_slow_look_without_stages_still_has_a_reason() {
    Observation bare =
        new Observation(
            Story.START,
            6_000_000,
            List.of(),
            Facts.NONE,
            Counts.UNKNOWN,
            null,
            false,
            0,
            List.of(),
            null);
    assertThat(Verdict.of(new Outcome.Passed(bare), LIMIT).health()).isEqualTo(Health.DEGRADED);
  }

  @Test
  void without_a_threshold_nothing_is_slow() {
    assertThat(Verdict.of(Sights.slow(Story.START), null).health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void what_the_server_said_goes_before_slowness() {
    Failure reason = Sights.failure(FailureKind.LIST_ERROR);
    Observation late = Sights.seen(Story.START, Duration.ofSeconds(9), null);
    assertThat(Verdict.of(new Outcome.Impaired(late, reason), LIMIT))
        .isEqualTo(new Verdict(Health.DEGRADED, reason));
    assertThat(Verdict.of(new Outcome.Failed(late, reason), LIMIT))
        .isEqualTo(new Verdict(Health.UNHEALTHY, reason));
    assertThat(Verdict.of(new Outcome.Inconclusive(late, "ours"), LIMIT).health())
        .isEqualTo(Health.UNKNOWN);
  }
}
