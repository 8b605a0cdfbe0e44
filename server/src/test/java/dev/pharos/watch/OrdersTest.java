package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.SpanState;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.Transport;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What people do while the watch looks. */
class OrdersTest {
  private static final Transport HERE = Fleets.http("http://a.test/mcp");
  private static final Transport THERE = Fleets.http("http://b.test/mcp");

  private final Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));

  @Test
  void an_edited_address_is_looked_at_at_once_through_a_new_session() {
    bench.server(1).fail(FailureKind.AUTH_REQUIRED);
    bench.pass(60);
    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);

    bench.server(1).down = null;
    bench.watch.changed(Fleets.fresh(1, THERE));
    bench.passMillis(20);

    assertThat(bench.health(1)).isEqualTo(Health.HEALTHY);
    assertThat(bench.server(1).opened).isEqualTo(2);
    assertThat(bench.server(1).closed).isEqualTo(1);
    assertThat(bench.store.recordsOf(1).getLast().cause()).isEqualTo("edited");
    assertThat(bench.store.recordsOf(1).getLast().memory()).isEqualTo(bench.standing(1).memory());
  }

  @Test
  void an_edited_description_is_taken_over_without_a_look() {
    int before = bench.server(1).looks.size();
    Server same = Fleets.server(1, HERE);

    bench.watch.changed(
        Fleets.fresh(
            new Server(
                same.id(),
                same.spec(),
                same.status(),
                null,
                false,
                same.createdAt(),
                same.updatedAt(),
                7)));
    bench.passMillis(100);

    assertThat(bench.server(1).looks).hasSize(before);
    assertThat(bench.standing(1).server().version()).isEqualTo(7);
    assertThat(bench.health(1)).as("what was seen stays").isEqualTo(Health.HEALTHY);
  }

  @Test
  void an_edit_in_the_midst_of_a_look_makes_that_look_count_for_nothing() {
    bench.server(1).fail(FailureKind.HTTP_500);
    bench.server(1).whileLooking =
        () -> {
          bench.server(1).whileLooking = () -> {};
          bench.watch.changed(Fleets.fresh(1, THERE));
        };
    CompletableFuture<CheckResult> asked = bench.watch.checkNow("server-1").orElseThrow();
    bench.passMillis(20);
    assertThat(asked).isNotDone();
    bench.server(1).down = null;

    bench.passMillis(40);

    assertThat(asked)
        .isCompletedWithValueMatching(result -> result.outcome() instanceof Outcome.Passed);
    assertThat(bench.standing(1).memory().failuresInRow()).isZero();
  }

  @Test
  void a_disabled_server_is_looked_at_no_more_and_its_session_is_ended() {
    assertThat(bench.watch.disable("server-1").orElseThrow().memory().span())
        .isEqualTo(SpanState.INACTIVE);
    int before = bench.server(1).looks.size();

    bench.pass(3_600);

    assertThat(bench.server(1).looks).hasSize(before);
    assertThat(bench.server(1).closed).isEqualTo(1);
    assertThat(bench.standing(1).seen().nextCheckAt()).isNull();
    assertThat(bench.store.recordsOf(1).getLast().flip()).isNotNull();
  }

  @Test
  void an_enabled_server_is_looked_at_at_once() {
    bench.watch.disable("server-1");
    bench.pass(100);

    bench.watch.enable("server-1");
    bench.passMillis(20);

    assertThat(bench.health(1)).isEqualTo(Health.HEALTHY);
    assertThat(bench.store.recordsOf(1).getLast().cause()).isEqualTo("enabled");
  }

  @Test
  void maintenance_begins_and_ends() {
    bench.watch.maintenance("server-1", true);
    bench.pass(1);
    assertThat(bench.standing(1).memory().span()).isEqualTo(SpanState.MAINTENANCE);
    assertThat(bench.standing(1).server().maintenance()).isTrue();

    bench.watch.maintenance("server-1", false);

    assertThat(bench.standing(1).memory().span()).isEqualTo(SpanState.HEALTHY);
  }

  @Test
  void a_look_that_is_asked_for_answers_when_it_is_written() {
    bench.server(1).fail(FailureKind.HTTP_503);
    CompletableFuture<CheckResult> asked = bench.watch.checkNow("server-1").orElseThrow();
    assertThat(asked).isNotDone();

    bench.passMillis(20);

    CheckResult result = asked.join();
    assertThat(result.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(result.after()).isEqualTo(bench.standing(1));
    assertThat(bench.store.recordsOf(1).getLast().outcome()).isEqualTo(result.outcome());
    assertThat(bench.store.recordsOf(1).getLast().cause()).isEqualTo("reload");
  }

  @Test
  void a_disabled_server_can_be_looked_at_on_demand_and_stays_disabled() {
    bench.watch.disable("server-1");

    CompletableFuture<CheckResult> asked = bench.watch.checkNow("server-1").orElseThrow();
    bench.pass(1);

    assertThat(asked.join().outcome()).isInstanceOf(Outcome.Passed.class);
    assertThat(bench.standing(1).memory().active()).isFalse();
    assertThat(bench.server(1).opened).isEqualTo(bench.server(1).closed);
  }

  @Test
  void an_unknown_server_is_told_from_one_that_fails() {
    assertThat(bench.watch.checkNow("nobody")).isEmpty();
    assertThat(bench.watch.enable("nobody")).isEmpty();
    assertThat(bench.watch.changed(Fleets.fresh(9, HERE))).isEmpty();
  }

  @Test
  void a_removed_server_is_let_go_of_whole() {
    CompletableFuture<CheckResult> asked = bench.watch.checkNow("server-1").orElseThrow();

    bench.watch.removed(Fleets.server(1, HERE).id());
    bench.pass(600);

    assertThat(asked).isCancelled();
    assertThat(bench.server(1).closed).isEqualTo(1);
    assertThat(bench.server(1).looks).hasSize(1);
    assertThat(bench.watch.standings()).isEmpty();
  }

  @Test
  void a_renamed_server_answers_to_its_new_name() {
    Server old = Fleets.server(1, HERE);
    Standing renamed =
        Fleets.fresh(
            new Server(
                old.id(),
                Fleets.server(77, HERE).spec(),
                old.status(),
                null,
                false,
                old.createdAt(),
                old.updatedAt(),
                2));

    bench.watch.changed(renamed);

    assertThat(bench.watch.standing("server-1")).isEmpty();
    assertThat(bench.watch.standing("server-77")).isPresent();
  }

  @Test
  void all_servers_are_looked_at_on_demand_and_the_progress_is_seen() {
    Bench many = new Bench();
    many.watch.start(Fleets.many(500, 100));
    many.pass(30);
    int before = many.server(500).looks.size();

    Refresh refresh = many.watch.refreshAll();
    assertThat(refresh.progress().total()).isEqualTo(500);
    many.passMillis(40);
    assertThat(refresh.progress().done()).isBetween(1, 499);
    many.pass(5);

    assertThat(refresh.progress().finished()).isTrue();
    assertThat(refresh.progress().done()).isEqualTo(500);
    assertThat(many.server(500).looks.size()).isGreaterThan(before);
    assertThat(many.watch.refresh(refresh.progress().id())).contains(refresh);
  }

  @Test
  void looking_at_all_can_be_stopped() {
    Bench many = new Bench();
    many.watch.start(Fleets.many(500, 100));
    many.pass(30);
    Refresh refresh = many.watch.refreshAll();

    refresh.cancel();
    many.pass(5);

    assertThat(refresh.progress().done()).isLessThanOrEqualTo(64);
    assertThat(refresh.progress().finished()).isTrue();
  }

  @Test
  void closing_ends_every_session_and_writes_what_is_left() {
    bench.watch.checkNow("server-1");
    bench.passMillis(20);
    bench.pass(Duration.ofMinutes(3).toSeconds());

    bench.watch.close();

    assertThat(bench.server(1).closed).isEqualTo(bench.server(1).opened);
    assertThat(bench.watch.stats().backlog()).isZero();
    assertThat(bench.store.recordsOf(1)).hasSameSizeAs(bench.server(1).looks);
    int looks = bench.server(1).looks.size();
    bench.pass(600);
    assertThat(bench.server(1).looks).hasSize(looks);
  }
}
