package dev.pharos.store;

import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.watch.CheckRecord;
import dev.pharos.watch.CheckStore;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes what looks leave behind: rows, log, spans, roll-ups and events in one transaction. */
final class SqlCheckStore implements CheckStore, AutoCloseable {
  private final Database database;
  private final ServerRows rows;
  private final Recollection recollection;
  private final CheckBatch batch;

  SqlCheckStore(Database database, ServerRows rows, Recollection recollection) {
    this.database = database;
    this.rows = rows;
    this.recollection = recollection;
    try {
      batch = new CheckBatch(database.connection(), database.dialect(), recollection);
    } catch (SQLException e) {
      throw database.dialect().explain(e);
    }
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
    return database.write(
        handle -> batch.write(handle, records, written), () -> recollection.committed(written));
  }

  @Override
  public void close() {
    database.write(_ -> {
      batch.close();
      return true;
    });
  }
}
