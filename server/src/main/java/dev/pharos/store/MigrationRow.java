package dev.pharos.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What the target says of a migration into it.
 *
 * @param source which data folder
 * @param state how the folder was found; empty when all is to be copied anew
 */
record MigrationRow(String source, String state, boolean finished) {
  private static final String BEGIN = "INSERT INTO migration (id, source, state) VALUES (1, ?, ?)";
  private static final String TABLE = "INSERT INTO migration_tables (name, taken) VALUES (?, 0)";

  static Optional<MigrationRow> read(Handle handle) {
    return handle
        .createQuery("SELECT source, state, finished_at IS NOT NULL FROM migration")
        .map((row, _) -> new MigrationRow(row.getString(1), row.getString(2), row.getBoolean(3)))
        .findOne();
  }

  static void begin(Handle handle, String source, String state) {
    handle.execute("DELETE FROM migration");
    handle.execute("DELETE FROM migration_tables");
    handle.execute(BEGIN, source, state);
    MovedTable.names().forEach(each -> handle.execute(TABLE, each));
  }

  static void forgetState(Handle handle) {
    handle.execute("UPDATE migration SET state = ''");
  }

  static void finish(Handle handle) {
    handle.execute("UPDATE migration SET finished_at = now()");
  }

  static long taken(Handle handle, MovedTable table) {
    return handle
        .select("SELECT taken FROM migration_tables WHERE name = ?", table.name())
        .mapTo(Long.class)
        .one();
  }

  /** A monitor on half of the history would write what the other half collides with. */
  static void refuseUnfinished(Database database, PostgresDialect dialect) {
    List<MigrationRow> rows = database.read(handle -> read(handle).stream().toList());
    if (rows.stream().anyMatch(each -> !each.finished())) {
      throw new StoreException(
          ("a data folder is being moved into the schema %s of the database %s, and not all of it is"
                  + " there: run ./pharos migrate again until it is done")
              .formatted(dialect.schema(), dialect.database()));
    }
  }
}
