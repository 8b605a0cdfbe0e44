package dev.pharos.registry;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where definitions are kept. Thread-safe. Each write is one transaction with its event. */
public interface ServerStore {
  /** What a write gave. */
  record Written(Standing standing, StoredEvent event) {}

  /**
   * What is to be registered.
   *
   * @param server with any id; the store gives the real one
   * @param memory what its health begins with
   */
  record Draft(Server server, HealthMemory memory, FleetEvent event) {}

  List<Standing> all();

  Optional<Standing> byName(String name);

  /**
   * A new definition of a registered server; what was seen of it is not touched.
   *
   * @param edited with the version that it was read at
   */
  record Edit(Server edited, Instant now, FleetEvent event) {}

  /**
   * Replaces definitions and registers servers, each of these with its row and its first span: all
   * of it with its events, or nothing.
   *
   * @return in the order given, edits first
   * @throws StaleVersion when a stored version is another, or 0 because the server is gone
   * @throws NameTaken when another server has one of the names
   */
  List<Written> write(List<Edit> edits, List<Draft> drafts);

  /** Registers servers. */
  default List<Written> insert(List<Draft> drafts) {
    return write(List.of(), drafts);
  }

  /** Registers one server. */
  default Written insert(Server draft, HealthMemory memory, FleetEvent event) {
    return insert(List.of(new Draft(draft, memory, event))).getFirst();
  }

  /** Replaces one definition. */
  default Written update(Server edited, Instant now, FleetEvent event) {
    return write(List.of(new Edit(edited, now, event)), List.of()).getFirst();
  }

  /**
   * Removes a server with all its history; returns the event, or empty when it was gone already.
   */
  Optional<StoredEvent> delete(ServerId id, FleetEvent event);
}
