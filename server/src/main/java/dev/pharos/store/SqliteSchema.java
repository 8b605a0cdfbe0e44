package dev.pharos.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of an SQLite database to the version that this program knows. */
final class SqliteSchema {
  /** The newest version; the file of that number sets it as the database's own. */
  static final int NEWEST = 1;

  private SqliteSchema() {}

  /**
   * Migrates when there is need. The version is asked of the database first: the library that
   * migrates costs half a second of every start otherwise.
   */
  static void prepare(DataSource source) throws SQLException {
    int version = version(source);
    if (version > NEWEST) {
      throw new StoreException(
          "the data folder was written by a newer Pharos (its tables have version %d, this one knows %d): update Pharos"
              .formatted(version, NEWEST));
    }
    if (version < NEWEST) {
      migrate(source);
    }
  }

  private static int version(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static void migrate(DataSource source) throws SQLException {
    try {
      Flyway.configure().dataSource(source).locations("classpath:db/sqlite").load().migrate();
    } catch (FlywayException e) {
      SQLException fault = Database.fault(e);
      if (fault != null) {
        throw fault;
      }
      throw new StoreException("the database of the data folder is not one of Pharos", e);
    }
  }
}
