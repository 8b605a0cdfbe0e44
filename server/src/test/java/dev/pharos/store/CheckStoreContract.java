package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.event.EventJournal;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.history.LogRow;
import dev.pharos.testing.Fleets;
import dev.pharos.trace.Certificate;
import dev.pharos.watch.CheckRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@code CheckStore} does. */
abstract class CheckStoreContract extends StoreContract {
  private static final Instant LATER = NOON.plusSeconds(60);

  @Test
  void a_look_is_in_the_row_and_in_the_log() {
    ServerId a = id(registered("a"));
    CheckRecord look = good(a, NOON);
    assertThat(write(look)).isEmpty();
    reopen();
    Standing standing = read("a");
    assertThat(standing.memory()).isEqualTo(look.memory());
    assertThat(standing.seen())
        .isEqualTo(new LastSeen(Fleets.FACTS, Fleets.COUNTS, 4_200L, NOON, look.nextDue()));
    assertThat(log(a))
        .containsExactly(
            new LogRow(
                NOON,
                Health.HEALTHY,
                Health.HEALTHY,
                4_200L,
                Fleets.passed(NOON, 4_200).seen().stages(),
                null,
                20,
                "scheduled"));
  }

  @Test
  void a_failed_look_has_a_reason_and_no_response_time() {
    ServerId a = id(registered("a"));
    CheckRecord look = bad(a, NOON);
    write(look);
    assertThat(read("a").seen().responseMicros()).isNull();
    assertThat(read("a").memory()).isEqualTo(look.memory());
    assertThat(log(a))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.health()).isEqualTo(Health.UNHEALTHY);
          assertThat(row.reason()).isEqualTo(Fleets.REFUSED);
          assertThat(row.responseMicros()).isNull();
          assertThat(row.toolCount()).isNull();
          assertThat(row.stages()).isNotEmpty();
        });
  }

  @Test
  void the_log_tells_the_health_after_the_look_and_what_the_look_alone_spoke_for() {
    ServerId a = id(registered("a"));
    Outcome impaired = Fleets.impaired(NOON, 10);
    write(look(a, impaired, Fleets.memory(Health.HEALTHY, NOON)));
    write(look(a, Fleets.inconclusive(LATER), Fleets.memory(Health.HEALTHY, NOON)));
    assertThat(log(a)).extracting(LogRow::health).containsOnly(Health.HEALTHY);
    assertThat(log(a)).extracting(LogRow::verdict).containsExactly(Health.UNKNOWN, Health.DEGRADED);
    assertThat(log(a).getLast().reason()).isEqualTo(Fleets.LIST_ERROR);
  }

  @Test
  void the_cause_of_a_look_is_kept() {
    ServerId a = id(registered("a"));
    CheckRecord it = good(a, NOON);
    write(new CheckRecord(a, NOON, it.outcome(), "reload", it.memory(), null, List.of(), null));
    assertThat(log(a)).extracting(LogRow::cause).containsExactly("reload");
    assertThat(read("a").seen().nextCheckAt()).isNull();
  }

  @Test
  void what_an_unanswered_look_does_not_know_stays() {
    ServerId a = id(registered("a"));
    write(good(a, NOON));
    Certificate refused = new Certificate("CN=new", "CN=self", LATER);
    Facts facts =
        new Facts(null, null, null, null, null, null, null, refused, LATER.plusSeconds(60));
    Outcome failed =
        new Outcome.Failed(Fleets.seen(LATER, 5, facts, Counts.UNKNOWN), Fleets.REFUSED);
    write(look(a, failed, Fleets.memory(Health.UNHEALTHY, LATER)));
    assertThat(read("a").seen().counts()).isEqualTo(Fleets.COUNTS);
    assertThat(read("a").seen().facts().protocolVersion()).isEqualTo("2025-11-25");
    assertThat(read("a").seen().facts().certificate()).isEqualTo(refused);
    assertThat(read("a").seen().facts().tokenExpiresAt()).isEqualTo(LATER.plusSeconds(60));
    reopen();
    write(bad(a, LATER.plusSeconds(1)));
    assertThat(read("a").seen().facts().certificate()).isEqualTo(refused);
    write(good(a, LATER.plusSeconds(2)));
    assertThat(read("a").seen().facts()).isEqualTo(Fleets.FACTS);
  }

  @Test
  void what_happened_without_a_look_is_not_in_the_log() {
    ServerId a = id(registered("a"));
    write(good(a, NOON));
    HealthMemory memory = Fleets.memory(Health.HEALTHY, NOON);
    write(new CheckRecord(a, LATER, null, "edited", memory, null, List.of(), LATER));
    assertThat(log(a)).hasSize(1);
    assertThat(read("a").seen().lastCheckAt()).isEqualTo(NOON);
    assertThat(read("a").seen().responseMicros()).isEqualTo(4_200);
    assertThat(read("a").seen().nextCheckAt()).isEqualTo(LATER);
  }

  @Test
  void a_flip_ends_a_span_and_begins_the_next_at_the_same_moment() {
    ServerId a = id(registered("a"));
    write(flip(good(a, LATER), SpanState.UNKNOWN, SpanState.HEALTHY, LATER));
    Instant first = LATER.plusSeconds(30);
    write(flip(bad(a, first.plusSeconds(2)), SpanState.HEALTHY, SpanState.UNHEALTHY, first));
    assertThat(stores().history().spans(a, NOON, NOW))
        .containsExactly(
            new Span(SpanState.UNKNOWN, NOON, LATER, null),
            new Span(SpanState.HEALTHY, LATER, first, null),
            new Span(SpanState.UNHEALTHY, first, null, Fleets.REFUSED));
  }

  @Test
  void a_span_without_length_leaves_nothing() {
    ServerId a = id(registered("a"));
    write(flip(good(a, NOON), SpanState.UNKNOWN, SpanState.HEALTHY, NOON));
    write(flip(bad(a, LATER), SpanState.HEALTHY, SpanState.UNHEALTHY, NOON.minusSeconds(3)));
    assertThat(stores().history().spans(a, NOON.minusSeconds(9), NOW))
        .containsExactly(new Span(SpanState.UNHEALTHY, NOON, null, Fleets.REFUSED));
  }

  @Test
  void events_get_ids_in_their_order_and_stand_in_the_journal() {
    ServerId a = id(registered("a"));
    ServerId b = id(registered("b"));
    FleetEvent first = new FleetEvent.AutoEnabled(NOON, "a", "back", 1);
    FleetEvent second = new FleetEvent.AutoDisabled(NOON, "a", "gone", 2);
    FleetEvent third = new FleetEvent.AutoDisabled(NOON, "b", "gone", 2);
    List<StoredEvent> stored =
        write(telling(good(a, NOON), first, second), telling(bad(b, NOON), third));
    assertThat(stored).extracting(StoredEvent::event).containsExactly(first, second, third);
    assertThat(stored).extracting(StoredEvent::id).isSorted().doesNotHaveDuplicates();
    assertThat(stores().events().after(2, EventJournal.Filter.ALL, 10)).isEqualTo(stored);
  }

  @Test
  void the_status_follows_when_the_circuit_gives_a_server_up() {
    Standing before = registered("a");
    write(look(id(before), Fleets.passed(NOON, 1), Fleets.memory(Health.HEALTHY, NOON)));
    assertThat(read("a").server()).isEqualTo(before.server());
    Outcome failed = Fleets.failed(LATER, Fleets.REFUSED);
    write(look(id(before), failed, Fleets.memory(Health.UNHEALTHY, LATER, false)));
    Standing after = read("a");
    assertThat(after.server().status()).isEqualTo(AdminStatus.INACTIVE);
    assertThat(after.memory().autoDisabledReason()).isEqualTo("gave up");
    assertThat(after.server().version()).isGreaterThan(before.server().version());
    reopen();
    Instant back = LATER.plusSeconds(9);
    write(look(id(before), Fleets.passed(back, 1), Fleets.memory(Health.HEALTHY, back)));
    assertThat(read("a").server().status()).isEqualTo(AdminStatus.ACTIVE);
  }

  @Test
  void looks_of_one_microsecond_are_both_kept() {
    ServerId a = id(registered("a"));
    write(good(a, NOON), bad(a, NOON));
    write(good(a, NOON));
    assertThat(log(a))
        .extracting(LogRow::health)
        .containsExactly(Health.HEALTHY, Health.UNHEALTHY, Health.HEALTHY);
    assertThat(read("a").seen().lastCheckAt()).isEqualTo(log(a).getFirst().checkedAt());
  }

  @Test
  void the_newest_row_is_the_last_also_when_the_clock_steps_back() {
    ServerId a = id(registered("a"));
    write(good(a, LATER));
    reopen();
    write(bad(a, NOON));
    assertThat(log(a).getFirst().health()).isEqualTo(Health.UNHEALTHY);
    assertThat(read("a").memory().health()).isEqualTo(Health.UNHEALTHY);
    assertThat(read("a").seen().lastCheckAt()).isEqualTo(log(a).getFirst().checkedAt());
  }

  @Test
  void the_last_of_several_records_of_a_server_stands() {
    ServerId a = id(registered("a"));
    write(
        bad(a, NOON),
        new CheckRecord(
            a,
            NOON.plusSeconds(1),
            null,
            "edited",
            Fleets.memory(Health.UNKNOWN, NOON),
            null,
            List.of(),
            NOON),
        good(a, LATER));
    assertThat(read("a").memory().health()).isEqualTo(Health.HEALTHY);
    assertThat(read("a").seen().lastCheckAt()).isEqualTo(LATER);
    assertThat(log(a)).hasSize(2);
  }

  @Test
  void a_late_look_at_a_server_that_is_gone_leaves_nothing() {
    Standing a = registered("a");
    Standing b = registered("b");
    write(good(id(a), NOON));
    stores().servers().delete(id(a), Fleets.changed("a", "deleted"));
    long newest = stores().events().newest();
    FleetEvent event = new FleetEvent.AutoEnabled(NOON, "a", "back", 1);
    CheckRecord late =
        flip(telling(good(id(a), LATER), event), SpanState.UNKNOWN, SpanState.HEALTHY, LATER);
    assertThat(write(late, good(id(b), LATER))).isEmpty();
    assertThat(stores().events().newest()).isEqualTo(newest);
    assertThat(log(id(a))).isEmpty();
    assertThat(log(id(b))).hasSize(1);
  }

  @Test
  void all_or_nothing_is_written() {
    ServerId a = id(registered("a"));
    FleetEvent event = new FleetEvent.AutoEnabled(NOON, "a", "back", 1);
    CheckRecord fine =
        flip(telling(good(a, NOON), event), SpanState.UNKNOWN, SpanState.HEALTHY, LATER);
    assertThatThrownBy(() -> write(fine, broken(a))).isInstanceOf(RuntimeException.class);
    assertThat(log(a)).isEmpty();
    assertThat(read("a").seen()).isEqualTo(LastSeen.NOTHING);
    assertThat(stores().history().spans(a, NOON, NOW)).hasSize(1);
    assertThat(stores().events().newest()).isEqualTo(1);
    write(fine);
    assertThat(log(a)).hasSize(1);
    assertThat(read("a").seen().facts()).isEqualTo(Fleets.FACTS);
  }

  @Test
  void nothing_is_a_batch_too() {
    assertThat(stores().checks().write(List.of())).isEmpty();
  }

  private List<LogRow> log(ServerId server) {
    return stores().history().logs(server, Instant.MIN, Instant.MAX, null, 100);
  }

  @SuppressWarnings("NullAway") // a bug of a caller, in the middle of a batch
  private static CheckRecord broken(ServerId server) {
    CheckRecord it = good(server, LATER);
    return new CheckRecord(server, LATER, it.outcome(), null, it.memory(), null, List.of(), null);
  }
}
