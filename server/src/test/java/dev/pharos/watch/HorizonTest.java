package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.SpanState;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Our own blindness. */
class HorizonTest {
  private static Bench fleet(int servers, int hosts) {
    Bench bench = new Bench();
    bench.watch.start(Fleets.many(servers, hosts));
    bench.pass(60);
    return bench;
  }

  private static void fail(Bench bench, FailureKind kind, long... servers) {
    LongStream.of(servers).forEach(id -> bench.server(id).fail(kind));
  }

  private static void mend(Bench bench, int servers) {
    LongStream.rangeClosed(1, servers).forEach(id -> bench.server(id).down = null);
  }

  @Test
  void when_most_hosts_are_lost_together_we_are_blind_and_nobody_is_unhealthy() {
    Bench bench = fleet(6, 6);
    fail(bench, FailureKind.DNS_FAILURE, 1, 2, 3, 4, 5, 6);

    bench.pass(120);

    assertThat(bench.states()).containsExactly("blind");
    assertThat(bench.watch.standings())
        .allSatisfy(each -> assertThat(each.memory().span()).isEqualTo(SpanState.BLIND));
    assertThat(bench.heard(FleetEvent.StatusChanged.class).map(FleetEvent.StatusChanged::to))
        .doesNotContain(Health.UNHEALTHY);
  }

  @Test
  void one_look_that_reaches_its_server_gives_the_sight_back() {
    Bench bench = fleet(6, 6);
    fail(bench, FailureKind.CONNECT_TIMEOUT, 1, 2, 3, 4, 5, 6);
    bench.pass(300);
    mend(bench, 6);

    bench.pass(70);

    assertThat(bench.states()).containsExactly("blind", "live");
    assertThat(bench.watch.standings())
        .allSatisfy(each -> assertThat(each.memory().span()).isEqualTo(SpanState.HEALTHY));
  }

  @Test
  void servers_that_fail_at_a_later_stage_are_down_and_we_are_not_blind() {
    Bench bench = fleet(6, 6);
    fail(bench, FailureKind.HTTP_502, 1, 2, 3, 4, 5, 6);

    bench.pass(120);

    assertThat(bench.states()).isEmpty();
    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
  }

  @Test
  void refusals_come_from_somewhere_so_we_see() {
    Bench bench = fleet(6, 6);
    fail(bench, FailureKind.REFUSED, 1, 2, 3, 4, 5, 6);

    bench.pass(120);

    assertThat(bench.states()).isEmpty();
  }

  @Test
  void half_of_the_hosts_are_not_more_than_half() {
    Bench bench = fleet(6, 6);
    fail(bench, FailureKind.UNREACHABLE, 1, 2, 3);

    bench.pass(120);

    assertThat(bench.states()).isEmpty();
    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
  }

  @Test
  void a_few_servers_or_hosts_are_no_evidence() {
    Bench four = fleet(4, 4);
    fail(four, FailureKind.UNREACHABLE, 1, 2, 3, 4);
    Bench twoHosts = fleet(10, 2);
    fail(twoHosts, FailureKind.UNREACHABLE, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    four.pass(120);
    twoHosts.pass(120);

    assertThat(four.states()).isEmpty();
    assertThat(twoHosts.states()).isEmpty();
    assertThat(twoHosts.health(1)).isEqualTo(Health.UNHEALTHY);
  }

  @Test
  void a_provider_that_is_down_in_a_large_fleet_does_not_blind_us() {
    Bench bench = fleet(1_000, 1_000);
    fail(bench, FailureKind.UNREACHABLE, LongStream.rangeClosed(1, 300).toArray());

    bench.pass(180);

    assertThat(bench.states()).isEmpty();
    assertThat(bench.health(300)).isEqualTo(Health.UNHEALTHY);
  }

  @Test
  void blindness_of_a_large_fleet_is_seen_within_seconds() {
    Bench bench = fleet(1_000, 1_000);
    fail(bench, FailureKind.DNS_TIMEOUT, LongStream.rangeClosed(1, 1_000).toArray());

    bench.pass(30);

    assertThat(bench.states()).containsExactly("blind");
    Instant blinded = bench.heard(FleetEvent.MonitorChanged.class).findFirst().orElseThrow().at();
    Instant first =
        bench.store.records().stream()
            .filter(each -> each.outcome() instanceof Outcome.Failed)
            .map(CheckRecord::at)
            .findFirst()
            .orElseThrow();
    assertThat(Duration.between(first, blinded)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void after_blindness_there_is_no_herd() {
    Bench bench = fleet(5_000, 5_000);
    fail(bench, FailureKind.DNS_TIMEOUT, LongStream.rangeClosed(1, 5_000).toArray());
    bench.pass(120);
    mend(bench, 5_000);
    Instant mended = bench.time.instant();
    bench.pass(60);

    int[] buckets = new int[61];
    for (long id = 1; id <= 5_000; id++) {
      bench.server(id).times().stream()
          .filter(at -> at.isAfter(mended))
          .forEach(at -> buckets[(int) Duration.between(mended, at).toSeconds()]++);
    }
    assertThat(Arrays.stream(buckets).max().orElseThrow()).isLessThan(250);
    assertThat(bench.states()).containsExactly("blind", "live");
  }

  @Test
  void loopback_and_child_processes_are_seen_in_any_case() {
    Bench bench = fleet(6, 6);
    bench.watch.added(Fleets.fresh(7, Fleets.http("http://127.0.0.1:9/mcp")));
    bench.watch.added(Fleets.fresh(8, Fleets.http("http://localhost/mcp")));
    bench.watch.added(Fleets.fresh(9, Fleets.child()));
    bench.pass(60);
    fail(bench, FailureKind.DNS_FAILURE, 1, 2, 3, 4, 5, 6);
    fail(bench, FailureKind.CONNECT_TIMEOUT, 7);
    bench.pass(120);

    assertThat(bench.states()).containsExactly("blind");
    assertThat(bench.health(7)).isEqualTo(Health.UNHEALTHY);
    assertThat(bench.health(8)).isEqualTo(Health.HEALTHY);
    assertThat(bench.health(9)).isEqualTo(Health.HEALTHY);
  }

  @Test
  void a_sentinel_decides_alone() {
    Door sentinel = new Door("sentinel.test", 53);
    WatchSettings d = WatchSettings.DEFAULT;
    Bench bench =
        new Bench(
            new WatchSettings(
                d.health(),
                d.maxInFlight(),
                d.maxPerHost(),
                d.maxChildren(),
                d.maxHeld(),
                d.renewAfter(),
                d.listsAfter(),
                d.knockEvery(),
                d.blindWindow(),
                sentinel,
                d.maxBacklog()));
    bench.open.add(sentinel);
    bench.watch.start(List.of(Fleets.fresh(1, Fleets.http("http://a.test/"))));
    bench.pass(10);
    bench.server(1).fail(FailureKind.UNREACHABLE);
    bench.pass(60);
    assertThat(bench.states()).as("the sentinel answers").isEmpty();
    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);

    bench.open.clear();
    bench.pass(60);
    assertThat(bench.states()).containsExactly("blind");
    assertThat(bench.standing(1).memory().span()).isEqualTo(SpanState.BLIND);

    bench.open.add(sentinel);
    bench.pass(10);
    assertThat(bench.states()).containsExactly("blind", "live");
  }
}
