package dev.pharos.push;

import dev.pharos.event.EventJson;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * One event, encoded once for all clients.
 *
 * @param id of the journal, or 0 when it is feed-only
 */
record Message(long id, String type, @Nullable String server, String json) {

  static Message of(StoredEvent stored) {
    FleetEvent event = stored.event();
    return new Message(stored.id(), event.type(), event.server(), EventJson.write(stored));
  }

  boolean journaled() {
    return id != 0;
  }

  /** A newer message of the same key makes this one superfluous. */
  Object key() {
    return journaled() || server == null ? id : type + ' ' + server;
  }
}
