package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Facts;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Overrides;
import dev.pharos.fleet.ReuseCheck;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Transport;
import dev.pharos.trace.Certificate;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a look asks for, and what follows from what it saw. */
class LookingTest {
  private static final Transport HERE = Fleets.http("http://a.test:81/mcp");

  private static List<String> how(SimulatedEye.Simulated server) {
    return server.looks.stream().map(SimulatedEye.Made::how).toList();
  }

  @Test
  void everything_is_read_at_first_and_when_the_lists_are_old_and_else_the_tools() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));

    bench.pass(700);

    assertThat(how(bench.server(1)).getFirst()).isEqualTo("ALL");
    assertThat(how(bench.server(1)).subList(1, 9)).containsOnly("TOOLS");
    assertThat(how(bench.server(1)).subList(9, how(bench.server(1)).size())).contains("ALL");
  }

  @Test
  void what_waits_to_be_written_holds_no_lists() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));

    assertThat(how(bench.server(1))).startsWith("ALL");
    assertThat(bench.store.recordsOf(1))
        .isNotEmpty()
        .allSatisfy(record ->
            assertThat(Objects.requireNonNull(record.outcome()).seen().capabilities()).isNull());
    assertThat(bench.store.newest(new ServerId(1))).isPresent();
  }

  @Test
  void what_a_look_in_vain_does_not_know_stays_and_of_the_token_it_knows_best() {
    Bench bench = new Bench().start();
    bench.server(1).facts = dev.pharos.testing.Fleets.FACTS;
    bench.watch.added(Fleets.fresh(1, HERE));
    bench.pass(1);
    assertThat(bench.standing(1).seen().facts()).isEqualTo(dev.pharos.testing.Fleets.FACTS);

    Certificate refused = new Certificate("CN=new", "CN=self", Instant.EPOCH);
    bench.server(1).facts = new Facts(null, null, null, null, null, null, null, refused, null);
    bench.server(1).fail(FailureKind.TLS_UNTRUSTED);
    bench.pass(200);

    Facts seen = bench.standing(1).seen().facts();
    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
    assertThat(seen.certificate()).isEqualTo(refused);
    assertThat(seen.protocolVersion()).isEqualTo("2025-11-25");
    assertThat(seen.tokenExpiresAt()).isNull();
  }

  @Test
  void a_server_may_be_pinged_instead() {
    Overrides ping =
        new Overrides(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            ReuseCheck.PING,
            null,
            null,
            null,
            null);
    Bench bench = Bench.withOneHealthy(Fleets.fresh(Fleets.server(1, HERE, ping)));

    bench.pass(100);

    assertThat(how(bench.server(1))).startsWith("ALL", "PING", "PING");
  }

  @Test
  void hands_are_shaken_anew_within_each_hour() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));

    bench.pass(3 * 3_600);

    List<Instant> renewals =
        bench.server(1).looks.stream()
            .filter(look -> look.how().equals("RENEW"))
            .map(SimulatedEye.Made::at)
            .toList();
    assertThat(renewals).hasSizeGreaterThanOrEqualTo(3);
    for (int i = 1; i < renewals.size(); i++) {
      assertThat(Duration.between(renewals.get(i - 1), renewals.get(i)))
          .isLessThanOrEqualTo(Duration.ofHours(1));
    }
    assertThat(bench.server(1).opened).as("sights").isEqualTo(1);
  }

  @Test
  void a_server_that_fails_is_asked_for_everything_when_it_is_back() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));
    bench.server(1).fail(FailureKind.HTTP_500);
    bench.pass(40);
    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
    bench.server(1).down = null;

    bench.pass(40);

    assertThat(bench.health(1)).isEqualTo(Health.HEALTHY);
    assertThat(how(bench.server(1)).getLast()).isEqualTo("ALL");
  }

  @Test
  void the_end_of_a_held_stream_is_looked_into_at_once() {
    Bench bench = watched();
    bench.pass(10);
    int before = bench.server(1).looks.size();
    bench.server(1).fail(FailureKind.RESET);
    bench.server(1).endStream();

    bench.passMillis(400);

    assertThat(bench.server(1).looks).hasSize(before + 2);
    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
    assertThat(bench.store.recordsOf(1))
        .extracting(CheckRecord::cause)
        .endsWith("watch", "confirm");
  }

  @Test
  void a_stream_that_ends_while_all_is_well_is_held_again() {
    Bench bench = watched();
    bench.pass(60);

    bench.server(1).endStream();
    bench.pass(1);

    assertThat(bench.health(1)).isEqualTo(Health.HEALTHY);
    assertThat(bench.server(1).listener).isNotNull();
  }

  @Test
  void a_server_that_keeps_ending_its_streams_is_not_looked_at_more_and_more() {
    Bench bench = watched();
    int before = bench.server(1).looks.size();
    for (int i = 0; i < 6_000; i++) {
      bench.server(1).endStream();
      bench.passMillis(100);
    }

    assertThat(bench.server(1).looks.size() - before).isBetween(10, 40);
    assertThat(bench.health(1)).isEqualTo(Health.HEALTHY);
  }

  @Test
  void a_change_of_a_list_is_read_at_once_but_not_over_and_over() {
    Bench bench = watched();
    bench.pass(35);
    bench.server(1).tools = "{\"name\":\"one\",\"description\":\"new\"}";
    int before = bench.server(1).looks.size();
    for (int i = 0; i < 100; i++) {
      bench.server(1).changeList();
      bench.passMillis(100);
    }

    assertThat(how(bench.server(1)).subList(before, before + 1)).containsExactly("ALL");
    assertThat(bench.server(1).looks).hasSizeLessThanOrEqualTo(before + 2);
    assertThat(bench.heard(FleetEvent.CapabilitiesChanged.class))
        .singleElement()
        .satisfies(event -> assertThat(event.changed().get("tools")).containsExactly("one"));
  }

  @Test
  void lists_that_could_not_be_stored_are_read_again_with_the_next_look() {
    Bench bench = new Bench().start();
    bench.store.full(true);
    bench.watch.added(Fleets.fresh(1, HERE));
    bench.pass(100);
    assertThat(how(bench.server(1))).hasSizeGreaterThan(1).containsOnly("ALL");

    bench.store.full(false);
    bench.pass(200);
    assertThat(bench.store.newest(new ServerId(1))).isPresent();
    assertThat(how(bench.server(1)).getLast()).isEqualTo("TOOLS");
  }

  @Test
  void no_more_streams_are_held_than_allowed() {
    WatchSettings d = WatchSettings.DEFAULT;
    Bench bench =
        new Bench(
            new WatchSettings(
                d.health(),
                256,
                32,
                32,
                2,
                d.renewAfter(),
                d.listsAfter(),
                d.knockEvery(),
                d.blindWindow(),
                null,
                d.maxBacklog()));
    for (long id = 1; id <= 5; id++) {
      bench.server(id).watchable = true;
    }
    bench.watch.start(Fleets.many(4, 4));
    bench.watch.added(Fleets.fresh(5, Fleets.child()));

    bench.pass(10);

    assertThat(bench.watch.stats().held()).as("two streams and a process").isEqualTo(3);
    assertThat(bench.server(5).listener).isNotNull();
  }

  @Test
  void a_refused_server_is_knocked_at_and_looked_at_when_the_door_opens() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));
    bench.server(1).fail(FailureKind.REFUSED);
    bench.pass(60);
    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
    bench.knocks.clear();
    bench.pass(60);
    assertThat(bench.knocks).hasSizeBetween(12, 14);

    bench.server(1).down = null;
    bench.open.add(new Door("a.test", 81));
    bench.pass(5);

    assertThat(bench.health(1)).isEqualTo(Health.HEALTHY);
    assertThat(bench.store.recordsOf(1)).extracting(CheckRecord::cause).contains("knock");
    bench.knocks.clear();
    bench.pass(60);
    assertThat(bench.knocks).isEmpty();
  }

  @Test
  void servers_behind_one_door_share_its_knocks() {
    Bench bench = new Bench().start();
    for (long id = 1; id <= 50; id++) {
      bench.server(id).fail(FailureKind.REFUSED);
      bench.watch.added(Fleets.fresh(id, HERE));
    }
    bench.pass(10);
    assertThat(bench.watch.stats().knocking()).isEqualTo(50);
    bench.knocks.clear();

    bench.pass(45);

    assertThat(bench.knocks).hasSizeBetween(9, 11);
  }

  @Test
  void a_server_that_keeps_failing_is_given_up_and_comes_back_by_itself() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));
    bench.server(1).fail(FailureKind.HTTP_500);
    bench.pass(3_600);
    assertThat(bench.standing(1).memory().active()).isFalse();
    assertThat(bench.standing(1).server().status().wire()).isEqualTo("inactive");
    assertThat(bench.heard(FleetEvent.AutoDisabled.class)).hasSize(1);
    assertThat(bench.heard(FleetEvent.CircuitChanged.class)).isNotEmpty();
    assertThat(bench.server(1).closed)
        .as("its session is not kept")
        .isEqualTo(bench.server(1).opened);

    bench.server(1).down = null;
    bench.pass(16 * 60);

    assertThat(bench.standing(1).memory().active()).isTrue();
    assertThat(bench.health(1)).isEqualTo(Health.HEALTHY);
    assertThat(bench.heard(FleetEvent.AutoEnabled.class)).hasSize(1);
  }

  @Test
  void a_fault_of_our_own_ends_one_look_and_never_counts() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));
    bench.server(1).whileLooking =
        () -> {
          throw new IllegalStateException("a bug, planted by a test");
        };
    bench.pass(120);
    assertThat(bench.health(1)).isEqualTo(Health.HEALTHY);
    assertThat(bench.watch.stats().inconclusive()).isPositive();

    bench.server(1).whileLooking = () -> {};
    int before = bench.server(1).looks.size();
    bench.pass(120);

    assertThat(bench.server(1).looks.size()).isGreaterThan(before);
  }

  @Test
  void every_look_is_told_after_it_is_written_and_changes_before_it() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));

    assertThat(bench.heard.getFirst().event()).isInstanceOf(FleetEvent.StatusChanged.class);
    assertThat(bench.heard.getFirst().id()).isEqualTo(1);
    assertThat(bench.heard(FleetEvent.Checked.class))
        .singleElement()
        .satisfies(checked -> {
          assertThat(checked.health()).isEqualTo(Health.HEALTHY);
          assertThat(checked.toolCount()).isEqualTo(1);
          assertThat(checked.nextCheckAt()).isEqualTo(bench.standing(1).seen().nextCheckAt());
        });
  }

  private static Bench watched() {
    Bench bench = new Bench().start();
    bench.server(1).watchable = true;
    bench.watch.added(Fleets.fresh(1, HERE));
    bench.pass(1);
    assertThat(bench.server(1).listener).isNotNull();
    return bench;
  }
}
