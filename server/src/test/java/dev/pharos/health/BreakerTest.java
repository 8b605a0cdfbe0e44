package dev.pharos.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.SpanState;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The circuit, giving up, and coming back. */
class BreakerTest {
  @Test
  void five_failed_looks_in_a_row_open_the_circuit() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.fails(132, FailureKind.TIMEOUT);
    story.fails(162, FailureKind.TIMEOUT);
    assertThat(story.changes).isEmpty();
    story.fails(192, FailureKind.TIMEOUT);
    assertThat(story.changes)
        .containsExactly(
            new Change.Circuit(
                CircuitState.CLOSED,
                CircuitState.OPEN,
                Story.at(192),
                5,
                0,
                "5 looks failed in a row: it was timeout"));
    assertThat(story.memory.circuitSince()).isEqualTo(Story.at(192));
  }

  @Test
  void the_circuit_does_not_open_before_the_failure_is_confirmed() {
    Story story = Story.healthy();
    story.tuning.failureThreshold = 1;
    story.fails(100, FailureKind.TIMEOUT);
    assertThat(story.circuits()).isEmpty();
    story.fails(102, FailureKind.TIMEOUT);
    assertThat(story.circuits()).containsExactly("closed>open@102");
  }

  @Test
  void a_look_before_the_time_out_is_over_decides_nothing_when_it_fails() {
    Story story = open();
    story.fails(191, FailureKind.TIMEOUT);
    assertThat(story.changes).isEmpty();
    assertThat(story.memory.failureCycles()).isZero();
  }

  @Test
  void the_first_look_after_the_time_out_decides_and_a_failed_one_is_a_cycle() {
    Story story = open();
    story.looks(192, 195, Sights.failed(Story.at(192), FailureKind.TIMEOUT));
    assertThat(story.circuits()).containsExactly("open>half_open@195", "half_open>open@195");
    assertThat(story.memory.failureCycles()).isEqualTo(1);
    assertThat(story.memory.circuitSince()).isEqualTo(Story.at(195));
  }

  @Test
  void a_good_deciding_look_closes_the_circuit() {
    Story story = open();
    story.passes(192);
    assertThat(story.circuits()).containsExactly("open>half_open@192", "half_open>closed@192");
    assertThat(story.statuses()).containsExactly("unhealthy>healthy@192");
  }

  @Test
  void a_good_look_closes_it_at_any_time_and_forgets_the_cycles() {
    Story story = open();
    story.fails(192, FailureKind.TIMEOUT);
    story.fromHereOn();
    story.passes(200);
    assertThat(story.circuits()).containsExactly("open>closed@200");
    assertThat(story.memory.failureCycles()).isZero();
  }

  @Test
  void a_degraded_look_closes_it_too() {
    Story story = open();
    story.looks(150, Sights::impaired);
    assertThat(story.circuits()).containsExactly("open>closed@150");
    assertThat(story.statuses()).containsExactly("unhealthy>degraded@150");
  }

  @Test
  void an_inconclusive_look_does_not_decide() {
    Story story = open();
    story.looks(192, Sights::inconclusive);
    assertThat(story.changes).isEmpty();
    assertThat(story.memory.circuit()).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void after_three_failed_cycles_the_server_is_given_up() {
    Story story = open();
    story.follows(311, (begin, _) -> Sights.failed(begin, FailureKind.TIMEOUT));
    assertThat(story.memory.failureCycles()).isEqualTo(2);
    assertThat(story.memory.active()).isTrue();
    Step step = story.fails(312, FailureKind.TIMEOUT);
    assertThat(step.changes().getLast())
        .isEqualTo(
            new Change.AutoDisabled(
                Story.at(312), "3 failure cycles, the last: it was timeout", 3));
    assertThat(story.spanFlips()).containsExactly("unhealthy>inactive@312");
    assertThat(story.flips.getFirst().reason()).isEqualTo(Sights.failure(FailureKind.TIMEOUT));
    assertThat(step.memory().active()).isFalse();
    assertThat(step.memory().autoDisabledAt()).isEqualTo(Story.at(312));
    assertThat(step.memory().autoDisabledReason())
        .isEqualTo("3 failure cycles, the last: it was timeout");
    assertThat(step.memory().health()).isEqualTo(Health.UNHEALTHY);
    assertThat(story.wait(step)).isEqualTo(900.0);
  }

  @Test
  void without_auto_disable_the_cycles_go_on() {
    Story story = open();
    story.tuning.autoDisable = false;
    story.follows(1000, (begin, _) -> Sights.failed(begin, FailureKind.TIMEOUT));
    assertThat(story.memory.failureCycles()).isEqualTo(14);
    assertThat(story.memory.active()).isTrue();
  }

  @Test
  void a_circuit_that_stays_open_is_told_once_and_its_end_as_ever() {
    Story story = open();
    story.tuning.autoDisable = false;
    story.fails(192, FailureKind.TIMEOUT);
    story.fromHereOn();
    for (int i = 1; i <= 20; i++) {
      story.fails(192 + 60 * i, FailureKind.TIMEOUT);
      assertThat(story.memory.circuitSince()).isEqualTo(Story.at(192 + 60 * i));
    }
    assertThat(story.circuits()).isEmpty();
    assertThat(story.memory.failureCycles()).isEqualTo(21);

    story.passes(1_500);
    assertThat(story.circuits()).containsExactly("open>half_open@1500", "half_open>closed@1500");
  }

  @Test
  void who_may_not_come_back_by_itself_is_not_looked_at_again() {
    Story story = open();
    story.canAutoEnable = false;
    story.tuning.maxFailureCycles = 1;
    Step step = story.fails(192, FailureKind.TIMEOUT);
    assertThat(step.nextDue()).isNull();
    assertThat(story.passes(193).memory()).isEqualTo(step.memory());
  }

  @Test
  void a_server_that_was_given_up_is_looked_at_each_quarter_of_an_hour() {
    Story story = givenUp();
    assertThat(story.wait(story.fails(1092, FailureKind.TIMEOUT))).isEqualTo(900.0);
    assertThat(story.wait(story.looks(1992, Sights::inconclusive))).isEqualTo(900.0);
    assertThat(story.changes).isEmpty();
    assertThat(story.memory.span()).isEqualTo(SpanState.INACTIVE);
  }

  @Test
  void one_good_look_brings_it_back_with_a_closed_circuit() {
    Story story = givenUp();
    story.tuning.recoverAfter = 4;
    Step step = story.looks(1092, 1093, Sights.passed(Story.at(1092)));
    assertThat(story.statuses()).containsExactly("unhealthy>healthy@1092");
    assertThat(story.circuits()).containsExactly("open>half_open@1093", "half_open>closed@1093");
    assertThat(step.changes().getLast())
        .isEqualTo(new Change.AutoEnabled(Story.at(1093), "the server answered again", 1));
    assertThat(story.spanFlips()).containsExactly("inactive>healthy@1092");
    assertThat(step.memory().active()).isTrue();
    assertThat(step.memory().autoDisabledAt()).isNull();
    assertThat(step.memory().autoDisabledReason()).isNull();
    assertThat(step.memory().failureCycles()).isZero();
    assertThat(story.wait(step)).isEqualTo(30.0);
  }

  @Test
  void maintenance_counts_no_cycles_and_gives_nobody_up() {
    Story story = open();
    story.tuning.maxFailureCycles = 1;
    story.happens(140, new Happening.MaintenanceBegan());
    story.follows(1000, (begin, _) -> Sights.failed(begin, FailureKind.TIMEOUT));
    assertThat(story.memory.active()).isTrue();
    assertThat(story.memory.failureCycles()).isZero();
    story.happens(1000, new Happening.MaintenanceEnded());
    story.follows(1100, (begin, _) -> Sights.failed(begin, FailureKind.TIMEOUT));
    assertThat(story.memory.active()).isFalse();
  }

  @Test
  void cycles_from_before_maintenance_give_nobody_up_in_it() {
    Story story = open();
    story.tuning.autoDisable = false;
    story.follows(400, (begin, _) -> Sights.failed(begin, FailureKind.TIMEOUT));
    assertThat(story.memory.failureCycles()).isEqualTo(4);
    story.tuning.autoDisable = true;
    story.happens(400, new Happening.MaintenanceBegan());
    story.follows(1000, (begin, _) -> Sights.failed(begin, FailureKind.TIMEOUT));
    assertThat(story.memory.active()).isTrue();
  }

  @Test
  void a_person_closes_the_circuit_and_the_count_starts_anew() {
    Story story = open();
    story.fails(192, FailureKind.TIMEOUT);
    story.fromHereOn();
    Step step = story.happens(200, new Happening.CircuitReset());
    assertThat(story.circuits()).containsExactly("open>closed@200");
    assertThat(step.nextDue()).isEqualTo(Story.at(200));
    assertThat(step.memory().failureCycles()).isZero();
    assertThat(step.memory().health()).isEqualTo(Health.UNHEALTHY);
    story.fromHereOn();
    List.of(200, 230, 260, 290).forEach(second -> story.fails(second, FailureKind.TIMEOUT));
    assertThat(story.circuits()).isEmpty();
    story.fails(320, FailureKind.TIMEOUT);
    assertThat(story.circuits()).containsExactly("closed>open@320");
  }

  @Test
  void closing_a_closed_circuit_is_no_news() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    assertThat(story.happens(110, new Happening.CircuitReset()).changes()).isEmpty();
  }

  @Test
  void no_span_is_lost_when_the_look_that_confirms_is_a_deciding_one() {
    Story story = open();
    story.tuning.maxFailureCycles = 1;
    story.happens(140, new Happening.Blinded());
    story.happens(300, new Happening.Sighted());
    story.fails(300, FailureKind.TIMEOUT);
    story.fails(302, FailureKind.TIMEOUT);
    assertThat(story.spanFlips())
        .containsExactly("unhealthy>blind@140", "blind>unknown@300", "unknown>unhealthy@300");
    assertThat(story.memory.active()).isTrue();
    story.follows(400, (begin, _) -> Sights.failed(begin, FailureKind.TIMEOUT));
    assertThat(story.spanFlips()).endsWith("unhealthy>inactive@362");
  }

  /** Unhealthy since 100, open since 132 with a threshold of 3: the decision is at 192. */
  private static Story open() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.tuning.failureThreshold = 3;
    story.fails(132, FailureKind.TIMEOUT);
    story.tuning.failureThreshold = 5;
    assertThat(story.circuits()).containsExactly("closed>open@132");
    story.tuning.circuitTimeout = Duration.ofSeconds(60);
    return story.fromHereOn();
  }

  /** Given up at 192 after one cycle. */
  private static Story givenUp() {
    Story story = open();
    story.tuning.maxFailureCycles = 1;
    story.fails(192, FailureKind.TIMEOUT);
    assertThat(story.memory.active()).isFalse();
    return story.fromHereOn();
  }
}
