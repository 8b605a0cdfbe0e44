package dev.pharos.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.FailureKind;
import org.junit.jupiter.api.Test;

/** When a bare connect is worth trying. */
class KnockTest {
  @Test
  void a_refused_server_is_knocked_at_before_and_after_it_is_confirmed() {
    Story story = Story.healthy();
    assertThat(story.fails(100, FailureKind.REFUSED).knock()).isTrue();
    assertThat(story.fails(101, FailureKind.REFUSED).knock()).isTrue();
  }

  @Test
  void what_fails_otherwise_is_not_knocked_at() {
    Story story = Story.healthy();
    assertThat(story.fails(100, FailureKind.TIMEOUT).knock()).isFalse();
    assertThat(story.fails(102, FailureKind.TIMEOUT).knock()).isFalse();
  }

  @Test
  void the_newest_failure_counts() {
    Story story = Story.unhealthy(FailureKind.REFUSED);
    assertThat(story.fails(130, FailureKind.HTTP_503).knock()).isFalse();
    assertThat(story.fails(160, FailureKind.REFUSED).knock()).isTrue();
  }

  @Test
  void a_good_look_ends_it_even_on_the_way_to_recovery() {
    Story story = Story.unhealthy(FailureKind.REFUSED);
    story.tuning.recoverAfter = 2;
    assertThat(story.passes(130).knock()).isFalse();
    assertThat(story.passes(160).knock()).isFalse();
  }

  @Test
  void it_goes_on_while_the_circuit_is_open_and_ends_when_the_server_is_given_up() {
    Story story = Story.unhealthy(FailureKind.REFUSED);
    story.follows(250, (begin, _) -> Sights.failed(begin, FailureKind.REFUSED));
    assertThat(story.circuits()).isNotEmpty();
    assertThat(story.step().knock()).isTrue();
    story.follows(1000, (begin, _) -> Sights.failed(begin, FailureKind.REFUSED));
    assertThat(story.memory.active()).isFalse();
    assertThat(story.step().knock()).isFalse();
    assertThat(story.fails(3000, FailureKind.REFUSED).knock()).isFalse();
  }

  @Test
  void it_outlives_an_inconclusive_look_and_maintenance_but_not_blindness() {
    Story story = Story.unhealthy(FailureKind.REFUSED);
    assertThat(story.looks(110, Sights::inconclusive).knock()).isTrue();
    assertThat(story.happens(111, new Happening.MaintenanceBegan()).knock()).isTrue();
    assertThat(story.happens(112, new Happening.MaintenanceEnded()).knock()).isTrue();
    assertThat(story.happens(113, new Happening.Blinded()).knock()).isFalse();
    assertThat(story.fails(114, FailureKind.REFUSED).knock()).isFalse();
    assertThat(story.happens(115, new Happening.Sighted()).knock()).isFalse();
    assertThat(story.fails(115, FailureKind.REFUSED).knock()).isTrue();
  }

  @Test
  void nobody_knocks_at_a_disabled_server() {
    Story story = Story.unhealthy(FailureKind.REFUSED);
    assertThat(story.happens(110, new Happening.Disabled()).knock()).isFalse();
  }
}
