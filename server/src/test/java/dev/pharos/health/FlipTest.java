package dev.pharos.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Outcome;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When health flips, and with which moment. */
class FlipTest {
  @Test
  void a_first_good_look_makes_an_unknown_server_healthy_at_once() {
    Story story = new Story();
    story.tuning.recoverAfter = 3;
    story.passes(7);
    assertThat(story.statuses()).containsExactly("unknown>healthy@7");
    assertThat(story.spanFlips()).containsExactly("unknown>healthy@7");
  }

  @Test
  void a_first_failed_look_leaves_it_unknown_until_it_is_confirmed() {
    Story story = new Story();
    story.fails(7, FailureKind.REFUSED);
    assertThat(story.health()).isEqualTo(Health.UNKNOWN);
    assertThat(story.changes).isEmpty();
    story.fails(8, FailureKind.REFUSED);
    assertThat(story.statuses()).containsExactly("unknown>unhealthy@7");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void so_many_failed_looks_in_a_row_make_a_server_unhealthy_since_the_first(int failAfter) {
    Story story = Story.healthy();
    story.tuning.failAfter = failAfter;
    for (int look = 1; look < failAfter; look++) {
      story.fails(100 + look, FailureKind.TIMEOUT);
      assertThat(story.changes).isEmpty();
    }
    Step step = story.fails(100 + failAfter, FailureKind.TIMEOUT);
    assertThat(story.statuses()).containsExactly("healthy>unhealthy@101");
    assertThat(story.spanFlips()).containsExactly("healthy>unhealthy@101");
    assertThat(step.memory().since()).isEqualTo(Story.at(101));
    assertThat(step.memory().spanSince()).isEqualTo(Story.at(101));
    assertThat(step.memory().reason()).extracting(Failure::kind).isEqualTo(FailureKind.TIMEOUT);
  }

  @Test
  void the_moment_is_when_the_first_failed_look_began_not_when_it_ended() {
    Story story = Story.healthy();
    story.looks(100, 130, Sights.failed(Story.at(100), FailureKind.TIMEOUT));
    story.looks(132, 162, Sights.failed(Story.at(132), FailureKind.TIMEOUT));
    assertThat(story.statuses()).containsExactly("healthy>unhealthy@100");
  }

  @Test
  void the_reason_is_that_of_the_look_that_confirmed() {
    Story story = Story.healthy();
    story.fails(100, FailureKind.RESET);
    story.fails(101, FailureKind.REFUSED);
    assertThat(story.flips.getFirst().reason()).isEqualTo(Sights.failure(FailureKind.REFUSED));
  }

  @Test
  void a_good_look_between_failed_ones_starts_the_count_anew() {
    Story story = Story.healthy();
    story.fails(100, FailureKind.TIMEOUT);
    story.passes(102);
    story.fails(200, FailureKind.TIMEOUT);
    assertThat(story.changes).isEmpty();
    story.fails(202, FailureKind.TIMEOUT);
    assertThat(story.statuses()).containsExactly("healthy>unhealthy@200");
  }

  @Test
  void a_degraded_look_between_failed_ones_does_so_too() {
    Story story = Story.healthy();
    story.fails(100, FailureKind.TIMEOUT);
    story.looks(102, Sights::impaired);
    story.fails(104, FailureKind.TIMEOUT);
    assertThat(story.statuses()).containsExactly("healthy>degraded@102");
  }

  @Test
  void an_inconclusive_look_between_failed_ones_changes_nothing() {
    Story story = Story.healthy();
    story.fails(100, FailureKind.TIMEOUT);
    HealthMemory before = story.memory;
    Step step = story.looks(102, Sights::inconclusive);
    assertThat(step.memory()).isEqualTo(before);
    assertThat(step.changes()).isEmpty();
    story.fails(104, FailureKind.TIMEOUT);
    assertThat(story.statuses()).containsExactly("healthy>unhealthy@100");
  }

  @Test
  void inconclusive_looks_alone_never_count() {
    Story story = Story.healthy();
    HealthMemory before = story.memory;
    for (int look = 0; look < 50; look++) {
      story.looks(100 + look, Sights::inconclusive);
    }
    assertThat(story.memory).isEqualTo(before);
    assertThat(story.changes).isEmpty();
  }

  @Test
  void one_good_look_brings_it_back_since_that_look_began() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.looks(130, 134, Sights.passed(Story.at(130)));
    assertThat(story.statuses()).containsExactly("unhealthy>healthy@130");
    assertThat(story.memory.reason()).isNull();
    assertThat(story.flips.getFirst().reason()).isNull();
  }

  @Test
  void recovery_can_ask_for_several_good_looks_and_counts_from_the_first() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.tuning.recoverAfter = 3;
    story.passes(130);
    story.passes(160);
    assertThat(story.changes).isEmpty();
    assertThat(story.memory.reason()).isNotNull();
    story.passes(190);
    assertThat(story.statuses()).containsExactly("unhealthy>healthy@130");
  }

  @Test
  void a_failed_look_on_the_way_to_recovery_starts_the_count_anew() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.tuning.recoverAfter = 2;
    story.passes(130);
    story.fails(160, FailureKind.REFUSED);
    assertThat(story.memory.reason()).isEqualTo(Sights.failure(FailureKind.REFUSED));
    story.passes(190);
    assertThat(story.changes).isEmpty();
    story.passes(220);
    assertThat(story.statuses()).containsExactly("unhealthy>healthy@190");
  }

  @Test
  void a_degraded_look_counts_as_good_for_recovery() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.tuning.recoverAfter = 2;
    story.passes(130);
    story.looks(160, Sights::slow);
    assertThat(story.statuses()).containsExactly("unhealthy>degraded@130");
    assertThat(story.memory.reason()).extracting(Failure::kind).isEqualTo(FailureKind.SLOW);
  }

  @Test
  void between_healthy_and_degraded_each_look_decides() {
    Story story = Story.healthy();
    story.tuning.recoverAfter = 3;
    story.looks(100, Sights::slow);
    story.passes(160);
    story.looks(220, Sights::impaired);
    assertThat(story.statuses())
        .containsExactly("healthy>degraded@100", "degraded>healthy@160", "healthy>degraded@220");
  }

  @Test
  void a_new_reason_of_the_same_health_is_kept_without_a_change() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    Step step = story.fails(130, FailureKind.REFUSED);
    assertThat(step.changes()).isEmpty();
    assertThat(step.flip()).isNull();
    assertThat(step.memory().reason()).isEqualTo(Sights.failure(FailureKind.REFUSED));
    assertThat(step.memory().since()).isEqualTo(Story.at(100));
  }

  @Test
  void evidence_from_before_the_span_counts_from_its_beginning() {
    Story story = new Story();
    story.passes(100);
    Instant early = Story.at(95);
    story.looks(95, 101, Sights.failed(early, FailureKind.TIMEOUT));
    story.fails(103, FailureKind.TIMEOUT);
    assertThat(story.statuses()).containsExactly("unknown>healthy@100", "healthy>unhealthy@100");
  }

  @Test
  void a_clock_that_was_set_back_does_not_turn_time_around() {
    Story story = Story.healthy();
    story.fails(-3600, FailureKind.TIMEOUT);
    Step step = story.fails(-3598, FailureKind.TIMEOUT);
    assertThat(story.statuses()).containsExactly("healthy>unhealthy@0");
    assertThat(step.nextDue()).isAfterOrEqualTo(story.now).isBefore(Story.at(-3500));
  }

  @Test
  void a_look_from_the_future_counts_from_now() {
    Story story = new Story();
    story.looks(50, 10, Sights.passed(Story.at(50)));
    assertThat(story.statuses()).containsExactly("unknown>healthy@10");
  }

  @Test
  void errors_are_counted_for_ever_and_only_failed_looks_are_errors() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.passes(130);
    story.looks(140, Sights::slow);
    story.looks(150, Sights::inconclusive);
    story.fails(160, FailureKind.TIMEOUT);
    assertThat(story.memory.errorCount()).isEqualTo(3);
    assertThat(story.memory.lastLookAt()).isEqualTo(Story.at(160));
  }

  @Test
  void a_slow_look_is_measured_by_the_servers_own_threshold() {
    Story story = Story.healthy();
    story.tuning.slowAfter = Duration.ofMillis(50);
    Outcome ordinary = Sights.passed(Story.at(100));
    story.looks(100, 100, ordinary);
    assertThat(story.health()).isEqualTo(Health.DEGRADED);
  }
}
