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
   * Registers servers, each with its row, its first span and the event: all of them or none.
   *
   * @return in the order of the drafts
   * @throws NameTaken when a server of one of the names exists
   */
  List<Written> insert(List<Draft> drafts);

  /** Registers one server. */
  default Written insert(Server draft, HealthMemory memory, FleetEvent event) {
    return insert(List.of(new Draft(draft, memory, event))).getFirst();
  }

  /**
   * Replaces a definition; what was seen of the server is not touched.
   *
   * @param edited with the version that it was read at
   * @throws StaleVersion when the stored version is another, or 0 because the server is gone
   * @throws NameTaken when it was renamed to a name that exists
   */
  Written update(Server edited, Instant now, FleetEvent event);

  /**
   * Removes a server with all its history; returns the event, or empty when it was gone already.
   */
  Optional<StoredEvent> delete(ServerId id, FleetEvent event);
}
