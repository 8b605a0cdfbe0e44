package dev.pharos.store;

import dev.pharos.event.EventJson;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Appends events to the journal, within the transaction that causes them. */
final class EventLog {
  /** So many in one statement. */
  private static final int TOGETHER = 500;

  private EventLog() {}

  static StoredEvent append(Handle handle, FleetEvent event) {
    return append(handle, List.of(event)).getFirst();
  }

  /** Appends events in their order. */
  static List<StoredEvent> append(Handle handle, List<? extends FleetEvent> events) {
    List<StoredEvent> stored = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i += TOGETHER) {
      List<? extends FleetEvent> some = events.subList(i, Math.min(i + TOGETHER, events.size()));
      List<Long> ids = insert(handle, some);
      for (int each = 0; each < some.size(); each++) {
        stored.add(new StoredEvent(ids.get(each), some.get(each)));
      }
    }
    return List.copyOf(stored);
  }

  /** Numbers are given while the statement runs, to one row after the other. */
  private static List<Long> insert(Handle handle, List<? extends FleetEvent> events) {
    String rows =
        IntStream.range(0, events.size())
            .mapToObj(i -> "(:type%1$d, :at%1$d, :name%1$d, :payload%1$d)".formatted(i))
            .collect(Collectors.joining(", "));
    Query query =
        handle.createQuery(
            "INSERT INTO events (type, at, mcp_name, payload) VALUES " + rows + " RETURNING id");
    for (int i = 0; i < events.size(); i++) {
      FleetEvent event = events.get(i);
      query
          .bind("type" + i, event.type())
          .bind("at" + i, Moment.of(event.at()))
          .bind("name" + i, event.server())
          .bind("payload" + i, EventJson.write(event));
    }
    // In which order a database gives them back, none promises.
    return query.mapTo(Long.class).stream().sorted().toList();
  }
}
