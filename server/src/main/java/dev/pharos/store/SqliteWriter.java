package dev.pharos.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A connection to a file is never lost. */
final class SqliteWriter implements Writer {
  private final Connection connection;
  private final Handle handle;

  SqliteWriter(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.handle = Values.of(dialect).open(connection);
  }

  /**
   * Begins and ends transactions by hand: the driver's own notion of them is wrong once the
   * database has rolled back by itself.
   */
  @Override
  public Handle begin() throws SQLException {
    run("BEGIN IMMEDIATE");
    return handle;
  }

  @Override
  public void commit() throws SQLException {
    run("COMMIT");
  }

  @Override
  public void undo(@Nullable SQLException fault) {
    try {
      run("ROLLBACK");
    } catch (SQLException _) {
      // Of a full disk the database makes an end itself: then there is nothing to undo.
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
