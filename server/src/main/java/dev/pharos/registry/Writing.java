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
   * So many servers at most are written in one transaction: meanwhile changes of health wait for
   * their turn to be written, and more would let them wait for seconds.
   */
  private static final int TOGETHER = 5_000;

  /** Writes what an import decided: all of it or nothing, but for more than some thousand. */
  void write(
      List<Decision> changed,
      List<Reading> added,
      @Nullable String managedBy,
      Instant now,
      String actor) {
    int all = changed.size() + added.size();
    for (int from = 0; from < all; from += TOGETHER) {
      int to = Math.min(from + TOGETHER, all);
      write(
          part(changed, from, to),
          part(added, from - changed.size(), to - changed.size()).stream()
              .map(reading -> draft(reading, managedBy, now, actor))
              .toList(),
          now,
          actor);
    }
  }

  private static <T> List<T> part(List<T> all, int from, int to) {
    int begin = Math.clamp(from, 0, all.size());
    return all.subList(begin, Math.clamp(to, begin, all.size()));
  }

  Standing insert(Reading reading, @Nullable String managedBy, Instant now, String actor) {
    return write(List.of(), List.of(draft(reading, managedBy, now, actor)), now, actor).getFirst();
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

  /** In one transaction; the listener is told afterwards. */
  private List<Standing> write(
      List<Decision> changed, List<ServerStore.Draft> drafts, Instant now, String actor) {
    List<ServerStore.Edit> edits = changed.stream().map(each -> edit(each, now, actor)).toList();
    try {
      List<Standing> written = published(() -> store.write(edits, drafts));
      for (int i = 0; i < changed.size(); i++) {
        changed.get(i).tell(listener, written.get(i));
      }
      written.subList(changed.size(), written.size()).forEach(listener::added);
      return written;
    } catch (NameTaken e) {
      throw nameTaken();
    } catch (StaleVersion e) {
      throw Rejected.stale(e);
    }
  }

  private static ServerStore.Edit edit(Decision decision, Instant now, String actor) {
    String name = decision.after().spec().name();
    return new ServerStore.Edit(
        decision.after(),
        now,
        new FleetEvent.ConfigChanged(now, name, decision.change(), decision.fields(), actor));
  }

  static Rejected nameTaken() {
    return new Rejected(Rejected.Reason.INVALID, "name", Registry.TAKEN);
  }

  /** What a decision changes; nothing is written when it changes nothing. */
  Standing update(Decision decision, Instant now, String actor) {
    return decision.fields().isEmpty()
        ? decision.before()
        : write(List.of(decision), List.of(), now, actor).getFirst();
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
