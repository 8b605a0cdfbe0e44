package dev.pharos.registry;

import dev.pharos.definition.Reading;
import dev.pharos.event.EventBus;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores what was decided, publishes it, and tells the listener; in this order. */
final class Writing {
  private final ServerStore store;
  private final EventBus bus;
  private final FleetListener listener;

  Writing(ServerStore store, EventBus bus, FleetListener listener) {
    this.store = store;
    this.bus = bus;
    this.listener = listener;
  }

  Standing insert(Reading reading, @Nullable String managedBy, Instant now, String actor) {
    ServerSpec spec = Objects.requireNonNull(reading.spec());
    AdminStatus status = reading.status() == null ? AdminStatus.ACTIVE : reading.status();
    boolean maintenance = Boolean.TRUE.equals(reading.maintenance());
    Server draft = new Server(new ServerId(0), spec, status, managedBy, maintenance, now, now, 1);
    FleetEvent event = new FleetEvent.ConfigChanged(now, spec.name(), "created", List.of(), actor);
    try {
      ServerStore.Written written = store.insert(draft, memory(draft, now), event);
      bus.publish(List.of(written.event()));
      listener.added(written.standing());
      return written.standing();
    } catch (NameTaken e) {
      throw nameTaken();
    }
  }

  static Rejected nameTaken() {
    return new Rejected(Rejected.Reason.INVALID, "name", Registry.TAKEN);
  }

  private static HealthMemory memory(Server draft, Instant now) {
    HealthMemory fresh = HealthMemory.fresh(now);
    return new HealthMemory(
        fresh.health(),
        fresh.since(),
        fresh.spanSince(),
        fresh.reason(),
        fresh.failuresInRow(),
        fresh.firstFailureAt(),
        fresh.successesInRow(),
        fresh.firstSuccessAt(),
        fresh.pace(),
        fresh.circuit(),
        fresh.circuitSince(),
        fresh.failureCycles(),
        fresh.autoDisabledAt(),
        fresh.autoDisabledReason(),
        fresh.lastLookAt(),
        fresh.errorCount(),
        draft.status() == AdminStatus.ACTIVE,
        draft.maintenance(),
        fresh.blind());
  }

  /** What a decision changes; nothing is written when it changes nothing. */
  Standing update(Decision decision, Instant now, String actor) {
    if (decision.fields().isEmpty()) {
      return decision.before();
    }
    String name = decision.after().spec().name();
    FleetEvent event =
        new FleetEvent.ConfigChanged(now, name, decision.change(), decision.fields(), actor);
    try {
      ServerStore.Written written = store.update(decision.after(), now, event);
      bus.publish(List.of(written.event()));
      decision.tell(listener, written.standing());
      return written.standing();
    } catch (NameTaken e) {
      throw nameTaken();
    } catch (StaleVersion e) {
      throw Rejected.stale(e);
    }
  }

  void delete(Server server, Instant now, String actor) {
    String name = server.spec().name();
    FleetEvent event = new FleetEvent.ConfigChanged(now, name, "deleted", List.of(), actor);
    Optional<StoredEvent> stored = store.delete(server.id(), event);
    stored.ifPresent(each -> {
      bus.publish(List.of(each));
      listener.removed(server);
    });
  }
}
