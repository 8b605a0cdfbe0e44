package dev.pharos.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of a schema to the version that this program knows. */
final class PostgresSchema {
  /** The newest version; the file of that number is the last of its folder. */
  static final int NEWEST = 2;

  private static final int OLDEST_SERVER = 15;

  /** Nodes that start together wait for each other; the lock ends with the connection. */
  private static final String LOCK =
      "SELECT pg_advisory_lock(hashtextextended('pharos.schema.' || ?, 0))";

  private PostgresSchema() {}

  /** Migrates when there is need; the version is asked first, since that library is slow. */
  static void prepare(DataSource source, PostgresDialect dialect) throws SQLException {
    try (Connection connection = source.getConnection()) {
      refuseOld(connection, dialect);
      if (version(connection, dialect) < NEWEST) {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
          lock.setString(1, dialect.schema());
          lock.execute();
        }
        migrate(source, dialect);
      }
    }
  }

  private static void refuseOld(Connection connection, PostgresDialect dialect)
      throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST_SERVER) {
      throw new StoreException(
          "%s has version %d: Pharos needs %d or newer"
              .formatted(dialect.place(), version, OLDEST_SERVER));
    }
  }

  /** 0 when there is none. */
  private static int version(Connection connection, PostgresDialect dialect) throws SQLException {
    String table = dialect.schema() + ".flyway_schema_history";
    int version = 0;
    if (number(connection, "SELECT COUNT(to_regclass('" + table + "'))") > 0) {
      version =
          number(
              connection,
              "SELECT COALESCE(MAX(version::int), 0) FROM %s WHERE success AND version IS NOT NULL"
                  .formatted(table));
    }
    if (version > NEWEST) {
      throw new StoreException(
          "the schema %s was written by a newer Pharos (its tables have version %d, this one knows %d): update Pharos"
              .formatted(dialect.schema(), version, NEWEST));
    }
    return version;
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static void migrate(DataSource source, PostgresDialect dialect) throws SQLException {
    try {
      Flyway.configure()
          .dataSource(source)
          .schemas(dialect.schema())
          .locations("classpath:db/postgresql")
          .load()
          .migrate();
    } catch (FlywayException e) {
      SQLException fault = Database.fault(e);
      if (fault != null) {
        throw fault;
      }
      throw new StoreException(
          "the schema %s of the database %s holds tables that are not those of Pharos: name another database_schema"
              .formatted(dialect.schema(), dialect.database()),
          e);
    }
  }
}
