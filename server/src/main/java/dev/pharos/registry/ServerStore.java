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

  List<Standing> all();

  Optional<Standing> byName(String name);

  /**
   * Registers a server: its row, its first span and the event.
   *
   * @param draft with any id; the store gives the real one
   * @throws NameTaken when a server of that name exists
   */
  Written insert(Server draft, HealthMemory memory, FleetEvent event);

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
