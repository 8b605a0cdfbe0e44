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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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

  /**
   * So many at most are registered in one transaction: meanwhile changes of health wait for their
   * turn to be written, and more would let them wait for seconds.
   */
  private static final int BATCH = 5_000;

  /** Registers many servers: all of them or none, but for more than some thousand. */
  void insert(List<Reading> readings, @Nullable String managedBy, Instant now, String actor) {
    for (int from = 0; from < readings.size(); from += BATCH) {
      List<ServerStore.Draft> drafts =
          readings.subList(from, Math.min(readings.size(), from + BATCH)).stream()
              .map(reading -> draft(reading, managedBy, now, actor))
              .toList();
      insert(drafts);
    }
  }

  Standing insert(Reading reading, @Nullable String managedBy, Instant now, String actor) {
    return insert(List.of(draft(reading, managedBy, now, actor))).getFirst();
  }

  private static ServerStore.Draft draft(
      Reading reading, @Nullable String managedBy, Instant now, String actor) {
    ServerSpec spec = Objects.requireNonNull(reading.spec());
    AdminStatus status = reading.status() == null ? AdminStatus.ACTIVE : reading.status();
    boolean maintenance = Boolean.TRUE.equals(reading.maintenance());
    Server draft = new Server(new ServerId(0), spec, status, managedBy, maintenance, now, now, 1);
    HealthMemory memory = HealthMemory.fresh(now, status == AdminStatus.ACTIVE, maintenance);
    FleetEvent event = new FleetEvent.ConfigChanged(now, spec.name(), "created", List.of(), actor);
    return new ServerStore.Draft(draft, memory, event);
  }

  private List<Standing> insert(List<ServerStore.Draft> drafts) {
    try {
      List<Standing> added = published(() -> store.insert(drafts));
      added.forEach(listener::added);
      return added;
    } catch (NameTaken e) {
      throw nameTaken();
    }
  }

  static Rejected nameTaken() {
    return new Rejected(Rejected.Reason.INVALID, "name", Registry.TAKEN);
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
      Standing standing =
          published(() -> List.of(store.update(decision.after(), now, event))).getFirst();
      decision.tell(listener, standing);
      return standing;
    } catch (NameTaken e) {
      throw nameTaken();
    } catch (StaleVersion e) {
      throw Rejected.stale(e);
    }
  }

  void delete(Server server, Instant now, String actor) {
    String name = server.spec().name();
    FleetEvent event = new FleetEvent.ConfigChanged(now, name, "deleted", List.of(), actor);
    AtomicBoolean deleted = new AtomicBoolean();
    bus.storeAndPublish(() -> {
      List<StoredEvent> stored = store.delete(server.id(), event).stream().toList();
      deleted.set(!stored.isEmpty());
      return stored;
    });
    if (deleted.get()) {
      listener.removed(server);
    }
  }

  /** Stored and published as one, so that no later event overtakes this one on the bus. */
  private List<Standing> published(Supplier<List<ServerStore.Written>> write) {
    List<Standing> standings = new ArrayList<>();
    bus.storeAndPublish(() -> {
      List<ServerStore.Written> written = write.get();
      written.forEach(each -> standings.add(each.standing()));
      return written.stream().map(ServerStore.Written::event).toList();
    });
    return standings;
  }
}
