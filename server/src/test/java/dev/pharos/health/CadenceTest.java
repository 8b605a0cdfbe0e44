package dev.pharos.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Outcome;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** When the next look is due. */
class CadenceTest {
  @Test
  void a_healthy_server_is_looked_at_more_and_more_seldom_up_to_its_interval() {
    Story story = new Story();
    story.passes(0);
    assertThat(waits(story, 5)).containsExactly(30.0, 45.0, 60.0, 60.0, 60.0);
  }

  @Test
  void a_held_connection_makes_the_interval_long() {
    Story story = new Story();
    story.watched = true;
    story.passes(0);
    assertThat(waits(story, 8))
        .containsExactly(30.0, 45.0, 67.5, 101.25, 151.875, 227.8125, 300.0, 300.0);
  }

  @Test
  void losing_the_held_connection_makes_it_short_again_at_once() {
    Story story = new Story();
    story.watched = true;
    story.passes(0);
    assertThat(waits(story, 8)).endsWith(300.0);
    story.watched = false;
    assertThat(story.wait(story.passes(2000))).isEqualTo(60.0);
  }

  @Test
  void settling_never_lasts_longer_than_the_interval() {
    Story story = new Story();
    story.tuning.interval = Duration.ofSeconds(10);
    story.passes(0);
    assertThat(waits(story, 2)).containsExactly(10.0, 10.0);
  }

  @Test
  void each_flip_to_healthy_settles_anew() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.passes(130);
    assertThat(waits(story, 3)).containsExactly(30.0, 45.0, 60.0);
    story.looks(1000, Sights::slow);
    story.passes(1060);
    assertThat(waits(story, 3)).containsExactly(30.0, 45.0, 60.0);
  }

  @Test
  void a_failure_that_was_not_confirmed_does_not_settle_anew() {
    Story story = Story.healthy();
    story.fails(100, FailureKind.TIMEOUT);
    assertThat(story.wait(story.passes(102))).isEqualTo(60.0);
  }

  @Test
  void each_health_has_its_own_interval() {
    Story story = Story.healthy();
    story.tuning.degradedInterval = Duration.ofSeconds(20);
    story.tuning.unhealthyInterval = Duration.ofSeconds(15);
    assertThat(story.wait(story.looks(100, Sights::slow))).isEqualTo(20.0);
    story.fails(120, FailureKind.TIMEOUT);
    assertThat(story.wait(story.fails(122, FailureKind.TIMEOUT))).isEqualTo(15.0);
    assertThat(story.wait(story.fails(137, FailureKind.TIMEOUT))).isEqualTo(15.0);
  }

  @Test
  void on_the_way_to_recovery_the_interval_is_that_of_an_unhealthy_server() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.tuning.recoverAfter = 2;
    assertThat(story.wait(story.passes(130))).isEqualTo(30.0);
  }

  @Test
  void without_adaptive_intervals_everything_runs_at_one_interval() {
    Story story = new Story();
    story.tuning.adaptive = false;
    story.tuning.interval = Duration.ofSeconds(20);
    story.watched = true;
    assertThat(story.wait(story.passes(0))).isEqualTo(20.0);
    assertThat(story.wait(story.passes(20))).isEqualTo(20.0);
    assertThat(story.wait(story.looks(40, Sights::slow))).isEqualTo(20.0);
    assertThat(story.wait(story.fails(60, FailureKind.TIMEOUT))).isEqualTo(2.0);
    assertThat(story.wait(story.fails(62, FailureKind.TIMEOUT))).isEqualTo(20.0);
    assertThat(story.wait(story.passes(82))).isEqualTo(20.0);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999})
  void no_interval_is_shorter_than_a_second(long millis) {
    Story story = Story.healthy();
    story.tuning.interval = Duration.ofMillis(millis);
    story.tuning.unhealthyInterval = Duration.ofMillis(millis);
    assertThat(story.wait(story.passes(100))).isEqualTo(1.0);
    story.fails(101, FailureKind.TIMEOUT);
    assertThat(story.wait(story.fails(103, FailureKind.TIMEOUT))).isEqualTo(1.0);
    assertThat(story.wait(story.looks(104, Sights::inconclusive))).isEqualTo(1.0);
  }

  @Test
  void waits_count_from_the_end_of_a_look() {
    Story story = Story.healthy();
    Step step = story.looks(100, 104, Sights.passed(Story.at(100)));
    assertThat(step.nextDue()).isEqualTo(Story.at(164));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "REFUSED",
        "RESET",
        "EMPTY_REPLY",
        "TRUNCATED",
        "STREAM_ENDED",
        "PROCESS_EXIT",
        "SESSION_LOST"
      })
  void what_ended_is_looked_at_again_after_a_quarter_of_a_second(FailureKind kind) {
    assertThat(waitAfterFirst(kind)).isEqualTo(0.25);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {
        "REFUSED",
        "RESET",
        "EMPTY_REPLY",
        "TRUNCATED",
        "STREAM_ENDED",
        "PROCESS_EXIT",
        "SESSION_LOST"
      })
  void anything_else_is_looked_at_again_after_two_seconds(FailureKind kind) {
    assertThat(waitAfterFirst(kind)).isEqualTo(2.0);
  }

  @Test
  void a_process_that_ended_is_started_again_soon_and_the_less_often_the_more_it_ends() {
    Story story = Story.healthy();
    story.fails(100, FailureKind.PROCESS_EXIT);
    assertThat(story.wait(story.fails(100.25, FailureKind.PROCESS_EXIT))).isEqualTo(1.0);
    assertThat(story.wait(story.fails(101, FailureKind.PROCESS_EXIT))).isEqualTo(2.0);
    assertThat(story.wait(story.fails(103, FailureKind.PROCESS_EXIT))).isEqualTo(4.0);
    story.fails(107, FailureKind.PROCESS_EXIT);
    story.fails(115, FailureKind.PROCESS_EXIT);
    assertThat(story.wait(story.fails(131, FailureKind.PROCESS_EXIT)))
        .isLessThanOrEqualTo(45.0)
        .isGreaterThanOrEqualTo(15.0);
  }

  @Test
  void every_failed_look_before_the_last_that_is_needed_is_confirmed_quickly() {
    Story story = Story.healthy();
    story.tuning.failAfter = 3;
    assertThat(story.wait(story.fails(100, FailureKind.REFUSED))).isEqualTo(0.25);
    assertThat(story.wait(story.fails(101, FailureKind.TIMEOUT))).isEqualTo(2.0);
    assertThat(story.wait(story.fails(103, FailureKind.REFUSED))).isEqualTo(30.0);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_429, 20,  20",
    "HTTP_503, 20,  20",
    "HTTP_429, 900, 300",
    "HTTP_429, 1,   2",
    "HTTP_500, 20,  2",
    "REFUSED,  20,  0.25"
  })
  void a_busy_server_is_not_confirmed_before_it_wants_to_be(
      FailureKind kind, int asked, double expected) {
    Story story = Story.healthy();
    assertThat(story.wait(story.looks(100, 100, asking(kind, asked)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_429, 100,  100",
    "HTTP_500, 100,  100",
    "HTTP_500, 10,   30",
    "HTTP_500, 0,    30",
    "HTTP_500, -5,   30",
    "HTTP_500, 3600, 300"
  })
  void a_server_that_asks_for_rest_gets_it_up_to_five_minutes(
      FailureKind kind, int asked, double expected) {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    assertThat(story.wait(story.looks(100, 100, asking(kind, asked)))).isEqualTo(expected);
  }

  @Test
  void a_healthy_server_may_ask_for_rest_too() {
    Story story = Story.healthy();
    Outcome outcome =
        new Outcome.Passed(
            Sights.seen(Story.at(100), Duration.ofMillis(5), Duration.ofSeconds(200)));
    assertThat(story.wait(story.looks(100, 100, outcome))).isEqualTo(200.0);
  }

  @Test
  void after_an_inconclusive_look_the_next_comes_soon() {
    Story healthy = Story.healthy();
    assertThat(healthy.wait(healthy.looks(100, Sights::inconclusive))).isEqualTo(30.0);
    Story fresh = new Story();
    fresh.tuning.interval = Duration.ofSeconds(5);
    assertThat(fresh.wait(fresh.looks(0, Sights::inconclusive))).isEqualTo(5.0);
    Story held = new Story();
    held.watched = true;
    held.tuning.interval = Duration.ofSeconds(20);
    held.passes(0);
    assertThat(held.wait(held.looks(30, Sights::inconclusive))).isEqualTo(20.0);
    Story suspected = Story.healthy();
    suspected.fails(100, FailureKind.REFUSED);
    assertThat(suspected.wait(suspected.looks(101, Sights::inconclusive))).isEqualTo(2.0);
  }

  @Test
  void an_inconclusive_look_does_not_disturb_the_growing_interval() {
    Story story = new Story();
    story.watched = true;
    story.passes(0);
    story.passes(30);
    story.looks(75, Sights::inconclusive);
    assertThat(story.wait(story.passes(105))).isEqualTo(67.5);
  }

  @Test
  void while_the_circuit_is_open_the_interval_grows_by_half() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.tuning.failureThreshold = 3;
    story.tuning.circuitTimeout = Duration.ofHours(2);
    story.fails(132, FailureKind.TIMEOUT);
    assertThat(story.circuits()).containsExactly("closed>open@132");
    assertThat(failingWaits(story, 8))
        .containsExactly(30.0, 45.0, 67.5, 101.25, 151.875, 227.8125, 300.0, 300.0);
  }

  @Test
  void an_unhealthy_interval_above_the_bound_of_growth_stays_what_it_is() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.tuning.failureThreshold = 3;
    story.tuning.unhealthyInterval = Duration.ofMinutes(10);
    story.tuning.circuitTimeout = Duration.ofHours(2);
    story.fails(132, FailureKind.TIMEOUT);
    assertThat(failingWaits(story, 3)).containsExactly(600.0, 600.0, 600.0);
  }

  @Test
  void no_look_is_due_later_than_the_one_that_decides() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.tuning.failureThreshold = 3;
    story.tuning.circuitTimeout = Duration.ofSeconds(100);
    story.fails(132, FailureKind.TIMEOUT);
    assertThat(failingWaits(story, 3)).containsExactly(30.0, 45.0, 25.0);
  }

  @Test
  void a_look_that_ends_after_the_moment_of_decision_is_followed_by_the_deciding_one_at_once() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.tuning.failureThreshold = 3;
    story.fails(132, FailureKind.TIMEOUT);
    Step step = story.looks(180, 210, Sights.failed(Story.at(180), FailureKind.TIMEOUT));
    assertThat(story.wait(step)).isZero();
    assertThat(story.memory.failureCycles()).isZero();
    story.fails(210, FailureKind.TIMEOUT);
    assertThat(story.memory.failureCycles()).isEqualTo(1);
  }

  @Test
  void an_inconclusive_look_that_should_decide_is_not_repeated_without_pause() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.tuning.failureThreshold = 3;
    story.fails(132, FailureKind.TIMEOUT);
    assertThat(story.wait(story.looks(190, Sights::inconclusive))).isEqualTo(2.0);
    assertThat(story.wait(story.looks(192, Sights::inconclusive))).isEqualTo(30.0);
  }

  private static double waitAfterFirst(FailureKind kind) {
    Story story = Story.healthy();
    return story.wait(story.fails(100, kind));
  }

  private static Outcome asking(FailureKind kind, int seconds) {
    return new Outcome.Failed(
        Sights.seen(Story.at(100), Duration.ofMillis(5), Duration.ofSeconds(seconds)),
        Sights.failure(kind));
  }

  /** The wait after the newest look, and those after further good looks, each made when due. */
  private static List<Double> waits(Story story, int count) {
    return waits(story, count, null);
  }

  private static List<Double> failingWaits(Story story, int count) {
    return waits(story, count, FailureKind.TIMEOUT);
  }

  private static List<Double> waits(Story story, int count, @Nullable FailureKind kind) {
    List<Double> waits = new ArrayList<>();
    waits.add(story.wait(story.step()));
    while (waits.size() < count) {
      double second = Duration.between(Story.START, story.now).toNanos() / 1e9 + waits.getLast();
      waits.add(story.wait(kind == null ? story.passes(second) : story.fails(second, kind)));
    }
    return waits;
  }
}
