package dev.pharos.registry;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A store that keeps its promises but forgets at the end. */
public final class MemoryServerStore implements ServerStore {
  private final Map<Long, Standing> rows = new TreeMap<>();
  private final List<StoredEvent> events = new ArrayList<>();
  private long ids;

  @Override
  public synchronized List<Standing> all() {
    return List.copyOf(rows.values());
  }

  @Override
  public synchronized Optional<Standing> byName(String name) {
    return rows.values().stream()
        .filter(row -> row.server().spec().name().equals(name))
        .findFirst();
  }

  @Override
  public synchronized List<Written> write(List<Edit> edits, List<Draft> drafts) {
    edits.forEach(each -> refuse(each.edited()));
    drafts.forEach(each -> refuseTaken(each.server()));
    return Stream.concat(edits.stream().map(this::update), drafts.stream().map(this::insert))
        .toList();
  }

  private Written insert(Draft draft) {
    Server server = draft.server();
    ServerId id = new ServerId(++ids);
    Server row = with(server, id, server.updatedAt(), server.version());
    return put(row, draft.memory(), draft.event());
  }

  private void refuse(Server edited) {
    Standing row = rows.get(edited.id().value());
    long stored = row == null ? 0 : row.server().version();
    if (row == null || stored != edited.version()) {
      throw new StaleVersion(edited.spec().name(), stored);
    }
    refuseTaken(edited);
  }

  private Written update(Edit edit) {
    Server edited = edit.edited();
    HealthMemory memory = Objects.requireNonNull(rows.get(edited.id().value())).memory();
    Server row = with(edited, edited.id(), edit.now(), edited.version() + 1);
    return put(row, memory, edit.event());
  }

  @Override
  public synchronized Optional<StoredEvent> delete(ServerId id, FleetEvent event) {
    return rows.remove(id.value()) == null ? Optional.empty() : Optional.of(append(event));
  }

  /** What the watch would write. */
  synchronized void remember(String name, HealthMemory memory) {
    Standing row = byName(name).orElseThrow();
    rows.put(row.server().id().value(), new Standing(row.server(), memory, row.seen()));
  }

  synchronized List<StoredEvent> events() {
    return List.copyOf(events);
  }

  private void refuseTaken(Server server) {
    String name = server.spec().name();
    if (byName(name).filter(row -> !row.server().id().equals(server.id())).isPresent()) {
      throw new NameTaken(name);
    }
  }

  private Written put(Server server, HealthMemory memory, FleetEvent event) {
    Standing row = new Standing(server, memory, LastSeen.NOTHING);
    rows.put(server.id().value(), row);
    return new Written(row, append(event));
  }

  private StoredEvent append(FleetEvent event) {
    StoredEvent stored = new StoredEvent(events.size() + 1, event);
    events.add(stored);
    return stored;
  }

  private static Server with(Server server, ServerId id, Instant updatedAt, long version) {
    return new Server(
        id,
        server.spec(),
        server.status(),
        server.managedBy(),
        server.maintenance(),
        server.createdAt(),
        updatedAt,
        version);
  }
}
