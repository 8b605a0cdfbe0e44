package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.fleet.Transport;
import dev.pharos.trace.FailureKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The way of results to the store and the bus. */
class ScribeTest {
  private static final Transport HERE = Fleets.http("http://a.test/mcp");

  @Test
  void ordinary_results_are_written_together() {
    Bench bench = new Bench();
    bench.watch.start(Fleets.many(2_000, 2_000));
    bench.pass(120);
    bench.store.batches.clear();

    bench.pass(60);

    assertThat(bench.store.records()).hasSizeGreaterThan(1_500);
    assertThat(bench.store.batches).hasSizeLessThanOrEqualTo(601);
  }

  @Test
  void a_flip_does_not_wait_and_takes_along_what_came_before_it() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));
    bench.server(1).fail(FailureKind.RESET);
    bench.watch.checkNow("server-1");
    bench.passMillis(20);
    bench.store.batches.clear();

    bench.passMillis(260);

    assertThat(bench.health(1)).isEqualTo(Health.UNHEALTHY);
    assertThat(bench.store.records())
        .as("within the tick of the look")
        .anySatisfy(each -> assertThat(each.flip()).isNotNull());
    assertThat(bench.news().getLast()).isInstanceOf(FleetEvent.StatusChanged.class);
  }

  @Test
  void records_of_a_server_are_written_in_their_order() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));
    for (int i = 0; i < 50; i++) {
      bench.server(1).down = null;
      if (i % 3 == 0) {
        bench.server(1).fail(FailureKind.HTTP_500);
      }
      bench.watch.checkNow("server-1");
      bench.passMillis(30);
    }
    bench.pass(1);

    List<CheckRecord> records = bench.store.recordsOf(1);
    assertThat(records).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(records.getLast().memory()).isEqualTo(bench.standing(1).memory());
  }

  @Test
  void while_the_store_is_full_looks_and_live_events_go_on_and_all_is_written_later() {
    Bench bench = Bench.withOneHealthy(Fleets.fresh(1, HERE));
    bench.store.full(true);
    bench.server(1).fail(FailureKind.HTTP_500);
    CompletableFuture<CheckResult> asked = bench.watch.checkNow("server-1").orElseThrow();
    bench.pass(10);

    assertThat(asked).as("nobody waits for a full disk").isCompleted();
    assertThat(bench.watch.stats().storeFailing()).isTrue();
    assertThat(bench.states()).containsExactly("store_failing");
    assertThat(bench.heard(FleetEvent.StatusChanged.class).toList().getLast().to())
        .isEqualTo(Health.UNHEALTHY);
    assertThat(bench.store.stored()).as("nothing was stored").hasSize(1);

    bench.store.full(false);
    bench.pass(2);

    assertThat(bench.states()).containsExactly("store_failing", "store_back");
    assertThat(bench.store.stored())
        .filteredOn(FleetEvent.StatusChanged.class::isInstance)
        .hasSize(2);
    assertThat(bench.heard(FleetEvent.StatusChanged.class)).as("told once").hasSize(2);
    assertThat(bench.watch.stats().backlog()).isZero();
    assertThat(bench.store.recordsOf(1).getLast().memory()).isEqualTo(bench.standing(1).memory());
  }

  @Test
  void what_a_full_store_does_not_take_is_kept_within_bounds() {
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
                null,
                1_000));
    bench.watch.start(Fleets.many(200, 200));
    bench.pass(30);
    bench.store.full(true);
    bench.server(1).fail(FailureKind.HTTP_500);

    bench.pass(1_200);

    assertThat(bench.watch.stats().backlog()).isLessThanOrEqualTo(1_000);
    assertThat(bench.watch.stats().dropped()).isPositive();
    bench.store.full(false);
    bench.pass(2);
    assertThat(bench.store.recordsOf(1))
        .as("the flip was not dropped")
        .anySatisfy(each -> {
          assertThat(each.flip()).isNotNull();
          assertThat(each.memory().health()).isEqualTo(Health.UNHEALTHY);
        });
  }

  @Test
  void stored_events_are_heard_in_the_order_of_their_ids() {
    Bench bench = new Bench();
    bench.watch.start(Fleets.many(300, 300));
    for (long id = 1; id <= 300; id += 2) {
      bench.server(id).fail(FailureKind.HTTP_500);
    }
    bench.pass(400);

    List<Long> ids = bench.heard.stream().map(StoredEvent::id).filter(id -> id > 0).toList();
    assertThat(ids).hasSizeGreaterThan(300).isSorted().doesNotHaveDuplicates();
  }
}
