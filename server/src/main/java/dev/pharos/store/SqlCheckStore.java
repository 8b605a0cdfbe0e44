package dev.pharos.store;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.watch.CheckRecord;
import dev.pharos.watch.CheckStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes what looks leave behind: rows, log, spans, roll-ups and events in one transaction. */
final class SqlCheckStore implements CheckStore {
  /** What a call has written. */
  private record Done(List<CheckRecord> records, List<StoredEvent> events) {
    static final Done NOTHING = new Done(List.of(), List.of());
  }

  /** The statements of a connection. */
  private record Prepared(Connection connection, CheckBatch batch) {}

  private final Database database;
  private final ServerRows rows;
  private final Recollection recollection;
  private final Fence fence;
  private final LogKeeper log;
  // Both are used within transactions only, of which there is one at a time.
  private @Nullable Prepared prepared;
  private Done unanswered = Done.NOTHING;

  SqlCheckStore(
      Database database, ServerRows rows, Recollection recollection, Fence fence, LogKeeper log) {
    this.database = database;
    this.rows = rows;
    this.recollection = recollection;
    this.fence = fence;
    this.log = log;
  }

  @Override
  public List<Standing> standings() {
    return database.read(rows::all);
  }

  @Override
  public List<StoredEvent> write(List<CheckRecord> records) {
    if (records.isEmpty()) {
      return List.of();
    }
    Map<Long, Recollection.Last> written = new HashMap<>();
    List<StoredEvent> events = new ArrayList<>();
    try {
      log.prepare(records.stream().map(CheckRecord::at).toList());
      return database.write(
          handle -> write(handle, records, written, events),
          () -> committed(written, Done.NOTHING),
          () -> committed(written, new Done(records, events)));
    } catch (StoreException e) {
      log.doubt();
      throw e;
    }
  }

  /**
   * What was written by a call that could not know comes again, since it failed: it is not written
   * a second time, and its events are told now.
   */
  private List<StoredEvent> write(
      Handle handle,
      List<CheckRecord> records,
      Map<Long, Recollection.Last> written,
      List<StoredEvent> events) {
    written.clear();
    events.clear();
    events.addAll(unanswered.events());
    Set<CheckRecord> before = new HashSet<>(unanswered.records());
    events.addAll(
        batch(handle.getConnection())
            .write(
                handle, records.stream().filter(each -> !before.contains(each)).toList(), written));
    return List.copyOf(events);
  }

  private void committed(Map<Long, Recollection.Last> written, Done untold) {
    recollection.committed(written);
    unanswered = untold;
  }

  @SuppressWarnings("ReferenceEquality") // statements belong to the very connection
  private CheckBatch batch(Connection connection) {
    Prepared before = prepared;
    if (before != null && before.connection() == connection) {
      return before.batch();
    }
    try {
      CheckBatch batch = new CheckBatch(connection, database.dialect(), recollection, fence);
      prepared = new Prepared(connection, batch);
      return batch;
    } catch (SQLException e) {
      throw new FaultException(e);
    }
  }

  @Override
  public StoredEvent note(FleetEvent event) {
    return database.write(handle -> EventLog.append(handle, event));
  }
}
