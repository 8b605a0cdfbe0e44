package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.Transport;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Ends of idle connections: which of them are looked into, and which are a server's habit. */
class IdleHabitTest {
  private static final Transport HERE = Fleets.http("http://a.test:81/mcp");
  private static final int STEP = 100;

  private static int looks(Bench bench) {
    return bench.server(1).looks.size();
  }

  /** Lets each connection live for so many milliseconds after the look that used it. */
  private static void pass(Bench bench, Duration time, LongSupplier life) {
    int seen = 0;
    Instant end = null;
    for (long at = 0; at < time.toMillis(); at += STEP) {
      bench.passMillis(STEP);
      if (looks(bench) > seen) {
        seen = looks(bench);
        end = bench.server(1).times().getLast().plusMillis(life.getAsLong());
      }
      if (end != null && !bench.time.instant().isBefore(end)) {
        assertThat(bench.server(1).endIdle()).isTrue();
        end = null;
      }
    }
  }

  private static int looksWithoutEnds(Duration time) {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));
    bench.time.advance(time);
    return looks(bench);
  }

  @Test
  void an_end_that_nobody_expected_is_looked_into_at_once() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));
    bench.pass(20);
    int before = looks(bench);
    bench.server(1).fail(FailureKind.REFUSED);
    assertThat(bench.server(1).endIdle()).isTrue();

    bench.passMillis(400);

    assertThat(looks(bench)).isEqualTo(before + 2);
    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
    assertThat(bench.store.recordsOf(1))
        .extracting(CheckRecord::cause)
        .endsWith("watch", "confirm");
  }

  @Test
  void a_server_that_closes_idle_connections_after_five_seconds_is_asked_once_for_that() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));

    pass(bench, Duration.ofHours(1), () -> 5_000);

    assertThat(looks(bench)).isBetween(60, looksWithoutEnds(Duration.ofHours(1)) + 4);
    assertThat(bench.watch.stats().endsHeard()).isBetween(1L, 3L);
  }

  @Test
  void an_end_before_the_usual_time_is_a_hint_again() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));
    pass(bench, Duration.ofMinutes(10), () -> 20_000);
    bench.server(1).endIdle();
    int before = looks(bench);
    while (looks(bench) == before) {
      bench.passMillis(STEP);
    }
    bench.pass(3);
    bench.server(1).fail(FailureKind.REFUSED);
    bench.server(1).endIdle();

    bench.passMillis(400);

    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
  }

  @Test
  void what_was_taken_for_a_habit_and_was_none_is_forgotten() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));
    bench.pass(10);
    bench.server(1).endIdle(); // started anew, in less time than a look takes to come
    bench.pass(300);
    bench.server(1).fail(FailureKind.REFUSED);
    int before = looks(bench);
    bench.server(1).endIdle();

    bench.passMillis(400);

    assertThat(looks(bench)).isEqualTo(before + 2);
    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
  }

  @Test
  void a_server_without_any_habit_is_not_looked_at_more_and_more() {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));

    pass(bench, Duration.ofHours(6), () -> random.nextLong(100_000));

    assertThat(looks(bench))
        .as("seed %s", seed)
        .isLessThan(looksWithoutEnds(Duration.ofHours(6)) * 5 / 4);
    assertThat(bench.health(1)).isEqualTo(Health.HEALTHY);
  }

  @Test
  void where_no_more_streams_may_be_held_idle_connections_are_heeded() {
    WatchSettings d = WatchSettings.DEFAULT;
    Bench bench =
        new Bench(
                new WatchSettings(
                    d.health(),
                    256,
                    32,
                    32,
                    0,
                    d.renewAfter(),
                    d.listsAfter(),
                    d.knockEvery(),
                    d.blindWindow(),
                    null,
                    d.maxBacklog()))
            .start();
    bench.server(1).watchable = true;
    bench.watch.added(Fleets.fresh(1, HERE));
    bench.pass(2);
    bench.server(1).fail(FailureKind.REFUSED);
    assertThat(bench.server(1).endIdle()).isTrue();

    bench.passMillis(400);

    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
  }
}
