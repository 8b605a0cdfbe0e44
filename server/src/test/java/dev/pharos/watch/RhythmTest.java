package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import dev.pharos.health.Happening;
import dev.pharos.health.HealthFold;
import dev.pharos.health.HealthSettings;
import dev.pharos.testing.ManualTime;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The rhythm of a large fleet in virtual time, and how the intervals of one server adapt. */
class RhythmTest {
  private static final int FLEET = 20_000;

  private static int[] perSecond(Bench bench, int from, int to) {
    int[] buckets = new int[to - from];
    for (int id = 1; id <= FLEET; id++) {
      for (Instant look : bench.server(id).times()) {
        long second = Duration.between(ManualTime.START, look).toSeconds() - from;
        if (second >= 0 && second < buckets.length) {
          buckets[(int) second]++;
        }
      }
    }
    return buckets;
  }

  private static void assertFlat(int[] buckets) {
    double mean = Arrays.stream(buckets).average().orElseThrow();
    assertThat(mean).isPositive();
    assertThat(Arrays.stream(buckets).max().orElseThrow())
        .as("of %s a second", mean)
        .isLessThanOrEqualTo((int) (1.5 * mean));
  }

  private static WatchSettings steady(Duration interval) {
    HealthSettings d = HealthSettings.DEFAULT;
    return WatchSettings.DEFAULT.with(
        new HealthSettings(
            interval,
            false,
            d.watchedInterval(),
            d.degradedInterval(),
            d.unhealthyInterval(),
            d.settlingInterval(),
            d.failAfter(),
            d.recoverAfter(),
            d.confirmFast(),
            d.confirmSlow(),
            d.slowAfter(),
            d.failureThreshold(),
            d.circuitTimeout(),
            d.maxOpenInterval(),
            d.maxFailureCycles(),
            d.autoDisable(),
            d.disabledInterval()));
  }

  @Test
  void twenty_thousand_servers_are_all_looked_at_and_the_load_is_flat() {
    Bench bench = new Bench(steady(Duration.ofSeconds(60)));
    bench.watch.start(Fleets.many(FLEET, 5_000));

    bench.pass(300);

    for (int id = 1; id <= FLEET; id++) {
      assertThat(bench.server(id).looks).as("server %d", id).hasSizeBetween(5, 6);
      assertThat(bench.gaps(id)).as("server %d", id).allMatch(gap -> gap >= 40 && gap <= 60.1);
    }
    assertFlat(perSecond(bench, 60, 300));
    assertThat(bench.watch.stats().lateness().p99()).isLessThanOrEqualTo(40_000);
    assertThat(bench.states()).isEmpty();
  }

  @Test
  void with_adaptive_intervals_the_load_is_flat_too() {
    Bench bench = new Bench();
    bench.watch.start(Fleets.many(FLEET, 5_000));

    bench.pass(600);

    assertFlat(perSecond(bench, 300, 600));
    assertThat(bench.gaps(7).getLast()).isEqualTo(60.0, within(0.1));
  }

  @Test
  void after_an_outage_of_the_monitor_there_is_no_herd() {
    Bench bench = new Bench(steady(Duration.ofSeconds(60)));
    List<Standing> overdue = new ArrayList<>();
    for (Standing fresh : Fleets.many(FLEET, 5_000)) {
      Instant last = ManualTime.START.minusSeconds(3_600 - fresh.server().id().value() % 60);
      overdue.add(healthy(fresh.server(), last));
    }
    bench.watch.start(overdue);

    bench.pass(180);

    for (int id = 1; id <= FLEET; id++) {
      assertThat(bench.server(id).looks).as("server %d", id).isNotEmpty();
    }
    assertFlat(perSecond(bench, 0, 180));
  }

  private static Standing healthy(Server server, Instant last) {
    HealthMemory memory =
        HealthFold.step(
                HealthMemory.fresh(last),
                new Happening.Looked(
                    new Outcome.Passed(SimulatedEye.seen(last, Facts.NONE, null)), false, true),
                HealthSettings.DEFAULT,
                last)
            .memory();
    LastSeen nothing = LastSeen.NOTHING;
    return new Standing(
        server,
        memory,
        new LastSeen(nothing.facts(), nothing.counts(), null, last, last.plusSeconds(60)));
  }

  @Test
  void servers_that_come_back_together_drift_apart() {
    Bench bench = new Bench(steady(Duration.ofSeconds(60)));
    bench.watch.start(List.of());
    Fleets.many(2_000, 2_000).forEach(bench.watch::added);

    bench.pass(900);

    int[] buckets = new int[60];
    for (int id = 1; id <= 2_000; id++) {
      Instant last = bench.server(id).times().getLast();
      buckets[(int) (Duration.between(ManualTime.START, last).toSeconds() % 60)]++;
    }
    assertFlat(buckets);
  }

  @Test
  void a_small_fleet_is_looked_at_soon_after_the_start() {
    Bench bench = new Bench();
    bench.watch.start(Fleets.many(20, 20));

    bench.pass(2);

    for (int id = 1; id <= 20; id++) {
      assertThat(bench.server(id).looks).as("server %d", id).hasSize(1);
    }
  }

  @Test
  void after_a_flip_the_healthy_interval_starts_short_and_grows_by_half() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, Fleets.http("http://a.test/")));

    bench.pass(400);

    assertThat(bench.gaps(1).subList(0, 3)).containsExactly(30.0, 45.0, 60.0);
    assertThat(bench.gaps(1)).allMatch(gap -> gap <= 60.02);
  }

  @Test
  void a_watched_server_is_looked_at_each_five_minutes() {
    Bench bench = new Bench().start();
    bench.server(1).watchable = true;
    bench.watch.added(Fleets.fresh(1, Fleets.http("http://a.test/")));

    bench.pass(3_000);

    assertThat(bench.gaps(1).subList(0, 6))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 0.2 ? 0 : Double.compare(a, b))
        .containsExactly(30.0, 45.0, 67.5, 101.25, 151.9, 227.8);
    assertThat(bench.gaps(1).getLast()).isEqualTo(300.0, within(80.0));
  }

  @Test
  void a_first_failure_is_confirmed_at_once_and_an_unhealthy_server_looked_at_each_30_seconds() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, Fleets.http("http://a.test/")));
    bench.server(1).fail(FailureKind.RESET);

    bench.pass(100);

    assertThat(bench.gaps(1).subList(0, 3)).containsExactly(30.0, 0.26, 30.0);
    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
    assertThat(bench.store.recordsOf(1))
        .extracting(CheckRecord::cause)
        .startsWith("created", "scheduled", "confirm", "scheduled");
  }

  @Test
  void a_server_with_its_own_interval_keeps_it() {
    Server quick =
        Fleets.server(1, Fleets.http("http://a.test/"), Fleets.every(Duration.ofSeconds(1)));
    Bench bench = Bench.withOneHealthy(Fleets.fresh(quick));

    bench.pass(60);

    assertThat(bench.gaps(1)).hasSizeBetween(58, 62).allMatch(gap -> gap <= 1.03);
  }

  @Test
  void other_settings_are_obeyed_at_once() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, Fleets.http("http://a.test/")));
    bench.pass(10);
    bench.watch.settings(steady(Duration.ofSeconds(2)));

    bench.pass(20);

    assertThat(bench.server(1).looks).hasSizeBetween(10, 13);
  }

  @Test
  void looks_last_and_still_nobody_is_missed_or_looked_at_twice_at_once() {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    ManualTime time = new ManualTime();
    Times times = new Times(time, time);
    DueQueue queue = new DueQueue(WatchSettings.DEFAULT);
    long interval = Duration.ofMinutes(2).toNanos();
    int[] running = new int[FLEET + 1];
    int[] looks = new int[FLEET + 1];
    for (Standing each : Fleets.many(FLEET, 5_000)) {
      queue.add(each.server().id(), Place.of(each.server().spec().transport()));
      queue.due(each.server().id(), Spread.first(each.server().id(), 0, interval, FLEET), interval);
    }
    time.every(
        "looks",
        Duration.ofMillis(20),
        () -> {
          for (DueQueue.Release release : queue.take(times.now())) {
            int id = (int) release.server().value();
            looks[id]++;
            assertThat(++running[id]).as("seed %d", seed).isEqualTo(1);
            time.later(
                Duration.ofMillis(1 + random.nextInt(1_500)),
                () -> {
                  running[id]--;
                  long due = times.now() + interval;
                  queue.done(
                      release.server(),
                      Spread.drawn(release.server(), due, interval, FLEET),
                      interval);
                });
          }
        });

    time.advance(Duration.ofMinutes(10));

    assertThat(Arrays.stream(looks).skip(1).boxed().toList())
        .as("seed %d", seed)
        .allMatch(count -> count >= 4 && count <= 6);
  }
}
