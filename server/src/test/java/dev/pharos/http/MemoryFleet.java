package dev.pharos.http;

import dev.pharos.event.EventJournal;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.registry.NameTaken;
import dev.pharos.registry.ServerStore;
import dev.pharos.registry.StaleVersion;
import dev.pharos.settings.ConfigStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Servers, settings and a journal that keep their promises but forget at the end. */
public final class MemoryFleet implements ServerStore, FleetView, EventJournal {
  private final Map<Long, Standing> rows = new TreeMap<>();
  private final List<StoredEvent> events = new ArrayList<>();
  private final Map<String, String> config = new TreeMap<>();
  private long ids;
  private long eventIds;

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
    return Stream.concat(edits.stream().map(this::update), drafts.stream().map(this::insert))
        .toList();
  }

  private Written insert(Draft draft) {
    Server server = draft.server();
    if (byName(server.spec().name()).isPresent()) {
      throw new NameTaken(server.spec().name());
    }
    Server row = with(server, ++ids, server.updatedAt(), 1);
    return put(row, draft.memory(), LastSeen.NOTHING, draft.event());
  }

  private Written update(Edit edit) {
    Server edited = edit.edited();
    Standing row = rows.get(edited.id().value());
    if (row == null || row.server().version() != edited.version()) {
      throw new StaleVersion(edited.spec().name(), row == null ? 0 : row.server().version());
    }
    Server next = with(edited, edited.id().value(), edit.now(), edited.version() + 1);
    return put(next, row.memory(), row.seen(), edit.event());
  }

  @Override
  public synchronized Optional<StoredEvent> delete(ServerId id, FleetEvent event) {
    return rows.remove(id.value()) == null ? Optional.empty() : Optional.of(append(event));
  }

  private static Server with(Server server, long id, Instant updated, long version) {
    return new Server(
        new ServerId(id),
        server.spec(),
        server.status(),
        server.managedBy(),
        server.maintenance(),
        server.createdAt(),
        updated,
        version);
  }

  private Written put(Server server, HealthMemory memory, LastSeen seen, FleetEvent event) {
    Standing row = new Standing(server, memory, seen);
    rows.put(server.id().value(), row);
    return new Written(row, append(event));
  }

  /** What the watch would write. */
  synchronized void saw(String name, HealthMemory memory, LastSeen seen) {
    Server server = byName(name).orElseThrow().server();
    rows.put(server.id().value(), new Standing(server, memory, seen));
  }

  public synchronized StoredEvent append(FleetEvent event) {
    StoredEvent stored = new StoredEvent(++eventIds, event);
    events.add(stored);
    return stored;
  }

  /** What retention would do. */
  public synchronized void cut(long oldest) {
    events.removeIf(event -> event.id() < oldest);
  }

  @Override
  public synchronized List<StoredEvent> after(long cursor, Filter filter, int limit) {
    return events.stream()
        .filter(event -> event.id() > cursor && matches(event, filter))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<StoredEvent> before(long cursor, Filter filter, int limit) {
    return events.stream()
        .filter(event -> event.id() < cursor && matches(event, filter))
        .sorted(Comparator.comparingLong(StoredEvent::id).reversed())
        .limit(limit)
        .toList();
  }

  private static boolean matches(StoredEvent event, Filter filter) {
    return (filter.server() == null || filter.server().equals(event.event().server()))
        && (filter.type() == null || filter.type().equals(event.event().type()));
  }

  @Override
  public synchronized long newest() {
    return eventIds;
  }

  @Override
  public synchronized long oldest() {
    return events.isEmpty() ? 0 : events.getFirst().id();
  }

  ConfigStore config() {
    return new ConfigStore() {
      @Override
      public Map<String, String> all() {
        return Map.copyOf(config);
      }

      @Override
      public Optional<String> get(String key) {
        return Optional.ofNullable(config.get(key));
      }

      @Override
      public StoredEvent put(String key, String json, FleetEvent event) {
        config.put(key, json);
        return append(event);
      }
    };
  }
}
