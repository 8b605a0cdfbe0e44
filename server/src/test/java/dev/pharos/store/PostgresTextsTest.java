package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.capability.CapabilityChange;
import dev.pharos.capability.Snapshot;
import dev.pharos.event.EventJournal;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Flip;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.ServerInfo;
import dev.pharos.fleet.SpanState;
import dev.pharos.testing.Fleets;
import dev.pharos.trace.Era;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.TransportKind;
import dev.pharos.watch.CheckRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What servers say that PostgreSQL has no place for, and moments that it cannot hold. */
class PostgresTextsTest extends StoreContract {
  private static final String ZERO = "a\0b \uD83D\uDE80 \uD800 \u2028";

  @Override
  Ports open(Path folder, InstantSource clock) {
    return PostgresPorts.open(folder, clock);
  }

  @Test
  void whatever_a_server_says_of_itself_is_stored() {
    ServerId a = id(registered("a"));
    Facts facts =
        new Facts(
            TransportKind.STREAMABLE_HTTP,
            Era.SESSION,
            ZERO,
            new ServerInfo(ZERO, ZERO, ZERO),
            ZERO,
            "{}",
            null,
            null,
            null);
    write(
        look(
            a,
            new Outcome.Passed(Fleets.seen(NOON, 5, facts, Counts.UNKNOWN)),
            Fleets.memory(Health.HEALTHY, NOON)));
    assertThat(String.valueOf(read("a").seen().facts().instructions())).startsWith("a");
  }

  @Test
  void whatever_a_failure_says_is_stored() {
    ServerId a = id(registered("a"));
    Failure reason = new Failure(Stage.LIST, FailureKind.LIST_ERROR, ZERO);
    Instant at = NOON.plusSeconds(1);
    CheckRecord look = look(a, Fleets.failed(at, reason), Fleets.memory(Health.UNHEALTHY, NOON));
    write(
        new CheckRecord(
            a,
            at,
            look.outcome(),
            "scheduled",
            look.memory(),
            new Flip(SpanState.UNKNOWN, SpanState.UNHEALTHY, at, reason),
            List.of(new FleetEvent.AutoDisabled(at, "a", ZERO, 1)),
            null));
    assertThat(stores().history().logs(a, Instant.MIN, Instant.MAX, null, 9))
        .singleElement()
        .satisfies(row -> assertThat(String.valueOf(row.reason())).contains("\uD83D\uDE80"));
    assertThat(stores().history().spans(a, NOON, NOW)).hasSize(2);
    assertThat(stores().events().after(0, EventJournal.Filter.ALL, 9)).hasSize(2);
  }

  @Test
  void whatever_a_tool_is_called_is_stored() {
    ServerId a = id(registered("a"));
    Snapshot snapshot = new Snapshot("hash", NOON, Fleets.capabilities("tool"));
    stores()
        .capabilities()
        .save(
            a,
            snapshot,
            List.of(new CapabilityChange(NOON, "tools", "changed", ZERO, ZERO, ZERO)),
            null);
    assertThat(stores().capabilities().changes(a, Long.MAX_VALUE, 9))
        .singleElement()
        .satisfies(each -> assertThat(each.change().key()).contains("\uD83D\uDE80"));
  }

  @Test
  void whatever_is_asked_for_has_an_answer() {
    assertThat(stores().servers().byName(ZERO)).isEmpty();
    assertThat(stores().events().after(0, new EventJournal.Filter(ZERO, ZERO), 9)).isEmpty();
    assertThat(stores().config().get(ZERO)).isEmpty();
  }

  @Test
  void moments_beyond_all_bounds_are_asked_for() {
    ServerId a = id(registered("a"));
    write(good(a, NOON));
    assertThat(stores().history().logs(a, Instant.MIN, Instant.MAX, null, 9)).hasSize(1);
    assertThat(stores().history().logs(a, Instant.MAX, Instant.MIN, null, 9)).isEmpty();
    assertThat(stores().history().spans(a, Instant.MIN, Instant.MAX)).hasSize(1);
    assertThat(stores().history().spans(a, Instant.MIN, Instant.MIN)).isEmpty();
    assertThat(stores().history().rollups(a, Instant.EPOCH, NOW, Duration.ofDays(1))).isNotEmpty();
  }

  /** A broken clock of ours, or a server's word: what cannot be held becomes the farthest. */
  @Test
  void moments_beyond_all_bounds_are_stored() {
    ServerId a = id(registered("a"));
    CheckRecord it = good(a, NOON);
    write(
        new CheckRecord(
            a,
            NOON,
            it.outcome(),
            "scheduled",
            Fleets.memory(Health.HEALTHY, Instant.MIN),
            null,
            List.of(),
            Instant.MAX));
    assertThat(read("a").seen().nextCheckAt()).isAfter(NOON);
    stores()
        .capabilities()
        .save(a, new Snapshot("h", Instant.MAX, Fleets.capabilities("x")), List.of(), null);
    assertThat(stores().capabilities().newest(a)).isPresent();
  }
}
