package dev.pharos.store;

import dev.pharos.capability.CapabilityChange;
import dev.pharos.capability.Snapshot;
import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.SpanState;
import dev.pharos.testing.Fleets;
import dev.pharos.watch.CheckRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Some days of a fleet, through the stores' own ports. */
final class RandomHistory {
  static final Instant BEGIN = Fleets.NOON.minusSeconds(5 * 86_400);

  private final Ports stores;
  private final SplittableRandom random;
  private final List<Server> servers = new ArrayList<>();

  RandomHistory(Ports stores, long seed) {
    this.stores = stores;
    this.random = new SplittableRandom(seed);
  }

  /** Servers of all kinds, one of them gone again, and looks at them. */
  void fill(int count, int looks) {
    for (int i = 0; i < count; i++) {
      servers.add(register(i));
    }
    Server gone = servers.removeFirst();
    look(gone, BEGIN);
    stores.servers().delete(gone.id(), Fleets.changed(gone.spec().name(), "deleted"));
    Instant at = BEGIN;
    for (int i = 0; i < looks; i++) {
      at = at.plusNanos(random.nextLong(2 * 5 * 86_400_000_000_000L / looks));
      look(servers.get(random.nextInt(servers.size())), at);
    }
    servers.forEach(each -> offer(each.id(), random.nextInt(4)));
    stores.config().put("retention", "{\"log_days\":9}", Fleets.changed("", "updated"));
    stores.config().put("health_check", "{}", Fleets.changed("", "updated"));
  }

  private Server register(int number) {
    String name = "server-" + number;
    ServerSpec spec =
        switch (random.nextInt(3)) {
          case 0 -> Fleets.full(name);
          case 1 -> Fleets.process(name);
          default -> Fleets.plain(name);
        };
    return stores
        .servers()
        .insert(
            Fleets.draft(spec), HealthMemory.fresh(BEGIN), Fleets.changed(spec.name(), "created"))
        .standing()
        .server();
  }

  private void look(Server server, Instant at) {
    boolean bad = random.nextInt(4) == 0;
    Health health = bad ? Health.UNHEALTHY : Health.HEALTHY;
    Outcome outcome =
        switch (random.nextInt(8)) {
          case 0 -> Fleets.inconclusive(at);
          case 1 -> Fleets.impaired(at, random.nextLong(1, 900_000));
          default ->
              bad
                  ? Fleets.failed(at, Fleets.REFUSED)
                  : Fleets.passed(at, random.nextLong(1, 900_000));
        };
    CheckRecord plain = StoreContract.look(server.id(), outcome, Fleets.memory(health, at));
    SpanState state = bad ? SpanState.UNHEALTHY : SpanState.HEALTHY;
    CheckRecord record =
        random.nextInt(5) == 0
            ? StoreContract.telling(
                StoreContract.flip(plain, SpanState.UNKNOWN, state, at),
                changed(server.spec().name(), at))
            : plain;
    stores.checks().write(List.of(record));
  }

  private static FleetEvent changed(String name, Instant at) {
    return new FleetEvent.ConfigChanged(at, name, "updated", List.of("\"\\\t\n\u0000ü€😀"), "a");
  }

  private void offer(ServerId server, int tools) {
    Capabilities capabilities = Fleets.capabilities("a\\N", "t\tab" + tools);
    CapabilityChange change =
        new CapabilityChange(BEGIN, "tools", "added", "t\tab", null, "{\"x\":\"\\u0000\"}");
    stores
        .capabilities()
        .save(
            server,
            new Snapshot("hash-" + tools, BEGIN, capabilities),
            List.of(change, change),
            null);
  }
}
