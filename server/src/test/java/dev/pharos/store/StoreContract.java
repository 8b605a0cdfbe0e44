package dev.pharos.store;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Flip;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.SpanState;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.Fleets;
import dev.pharos.watch.CheckRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the contracts share: stores on an empty database, and a few words to fill them. */
abstract class StoreContract {
  static final Instant NOON = Fleets.NOON;

  /** Two hours past noon: the end of spans that are open. */
  static final Instant NOW = NOON.plusSeconds(7_200);

  @TempDir Path folder = Path.of("");

  private @Nullable Ports ports;

  /** Opens the stores of the folder; closed by the caller. */
  abstract Ports open(Path folder, InstantSource clock);

  @BeforeEach
  void open_the_stores() {
    ports = open(folder, InstantSource.fixed(NOW));
  }

  @AfterEach
  void close_the_stores() {
    stores().close();
  }

  Ports stores() {
    if (ports == null) {
      throw new IllegalStateException("not open");
    }
    return ports;
  }

  void reopen() {
    stores().close();
    open_the_stores();
  }

  Standing registered(String name) {
    return registered(Fleets.plain(name));
  }

  Standing registered(ServerSpec spec) {
    Server draft = Fleets.draft(spec);
    return stores()
        .servers()
        .insert(draft, HealthMemory.fresh(NOON), Fleets.changed(spec.name(), "created"))
        .standing();
  }

  static ServerId id(Standing standing) {
    return standing.server().id();
  }

  Standing read(String name) {
    return stores().servers().byName(name).orElseThrow();
  }

  List<StoredEvent> write(CheckRecord... records) {
    return stores().checks().write(List.of(records));
  }

  static CheckRecord look(ServerId server, Outcome outcome, HealthMemory memory) {
    Instant at = outcome.seen().checkedAt();
    return new CheckRecord(
        server, at, outcome, "scheduled", memory, null, List.of(), at.plusSeconds(60));
  }

  static CheckRecord good(ServerId server, Instant at) {
    return look(server, Fleets.passed(at, 4_200), Fleets.memory(Health.HEALTHY, NOON));
  }

  static CheckRecord bad(ServerId server, Instant at) {
    return look(server, Fleets.failed(at, Fleets.REFUSED), Fleets.memory(Health.UNHEALTHY, NOON));
  }

  static CheckRecord flip(CheckRecord look, SpanState from, SpanState to, Instant at) {
    Flip flip = new Flip(from, to, at, to == SpanState.UNHEALTHY ? Fleets.REFUSED : null);
    return new CheckRecord(
        look.server(),
        look.at(),
        look.outcome(),
        look.cause(),
        look.memory(),
        flip,
        look.events(),
        look.nextDue());
  }

  static CheckRecord telling(CheckRecord look, FleetEvent... events) {
    return new CheckRecord(
        look.server(),
        look.at(),
        look.outcome(),
        look.cause(),
        look.memory(),
        look.flip(),
        List.of(events),
        look.nextDue());
  }
}
