package dev.pharos.store;

import dev.pharos.event.EventJson;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import org.jdbi.v3.core.Handle;

/** Appends events to the journal, within the transaction that causes them. */
final class EventLog {
  private static final String INSERT =
      """
      INSERT INTO events (type, at, mcp_name, payload)
      VALUES (:type, :at, :name, :payload)
      RETURNING id
      """;

  private EventLog() {}

  static StoredEvent append(Handle handle, FleetEvent event) {
    long id =
        handle
            .createQuery(INSERT)
            .bind("type", event.type())
            .bind("at", Moment.of(event.at()))
            .bind("name", event.server())
            .bind("payload", EventJson.write(event))
            .mapTo(Long.class)
            .one();
    return new StoredEvent(id, event);
  }
}
