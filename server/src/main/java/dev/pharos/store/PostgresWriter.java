package dev.pharos.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made anew when it was lost. Each transaction leaves a growing number under
 * the name of its writer: when the answer to a commit is lost, that number tells whether it was
 * done. Whoever asks waits for the row that the lost transaction holds, if it lives on.
 */
final class PostgresWriter implements Writer {
  private static final String END_OTHERS =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = ? AND usename = current_user AND pid <> pg_backend_pid()
      """;
  private static final String TOKEN = "SELECT token FROM writers WHERE id = ? FOR UPDATE";

  /** A connection as long as it lasts. */
  private record Session(Connection connection, Handle handle) {}

  private final DataSource source;
  private final Dialect dialect;
  private final String id;
  private @Nullable Session session;
  private @Nullable Doubt doubt;
  private long token;
  private boolean lost;

  /**
   * @param id unlike that of any other writer, of letters and digits; the source's connections give
   *     it as the name of their application
   */
  PostgresWriter(DataSource source, Dialect dialect, String id) {
    this.source = source;
    this.dialect = dialect;
    this.id = id;
  }

  @Override
  public Handle begin() throws SQLException {
    Session open = session == null ? connect() : session;
    token++;
    try {
      run(open, beginning());
    } catch (SQLException e) {
      if (!isLost(open, e)) {
        throw e;
      }
      // It was lost long ago, and nothing was done yet: the next one may do.
      drop();
      open = connect();
      run(open, beginning());
    }
    return open.handle();
  }

  /** One way to the database and back. */
  private String beginning() {
    return """
    BEGIN;
    INSERT INTO writers (id, token, seen_at) VALUES ('%s', %d, now())
    ON CONFLICT (id) DO UPDATE SET token = excluded.token, seen_at = excluded.seen_at
    """
        .formatted(id, token);
  }

  @Override
  public void commit() throws SQLException {
    Session open = session;
    if (open == null) {
      throw new IllegalStateException("no transaction");
    }
    try {
      run(open, "COMMIT");
    } catch (SQLException e) {
      if (!isLost(open, e)) {
        throw e;
      }
      drop();
      if (!done(e)) {
        throw e;
      }
    }
  }

  @Override
  public void undo(@Nullable SQLException fault) {
    Session open = session;
    if (open == null) {
      return;
    }
    try {
      run(open, "ROLLBACK");
      if (fault != null && isLost(open, fault)) {
        drop();
      }
    } catch (SQLException _) {
      // The database undoes what a lost connection has begun.
      drop();
    }
  }

  @Override
  public void close() {
    if (session != null) {
      try (Connection connection = session.connection()) {
        execute(connection, "DELETE FROM writers WHERE id = ?");
      } catch (SQLException _) {
        // It was lost; what remains of it is swept away by others.
      }
    }
  }

  /** Asks on a new connection whether the transaction that was just to end was committed. */
  private boolean done(SQLException cause) {
    Doubt open = new Doubt(token);
    boolean[] committed = {false};
    open.whenCommitted(() -> committed[0] = true);
    doubt = open;
    try {
      var _ = connect();
    } catch (SQLException e) {
      e.addSuppressed(cause);
      throw new InDoubtException(open, e);
    }
    return committed[0];
  }

  private Session connect() throws SQLException {
    Connection connection = source.getConnection();
    try {
      if (lost) {
        // A connection that is cut on our side only would keep its locks.
        execute(connection, END_OTHERS);
        lost = false;
      }
      settle(connection);
      Session made = new Session(connection, Values.of(dialect).open(connection));
      session = made;
      return made;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void settle(Connection connection) throws SQLException {
    Doubt open = doubt;
    if (open == null) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(TOKEN)) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        boolean committed = row.next() && row.getLong(1) == open.token();
        doubt = null;
        if (committed) {
          open.committed();
        }
      }
    }
  }

  private void drop() {
    Session open = session;
    session = null;
    lost = true;
    if (open != null) {
      try {
        open.connection().close();
      } catch (SQLException _) {
        // It is lost in any case.
      }
    }
  }

  private static boolean isLost(Session open, SQLException e) throws SQLException {
    return PostgresFault.of(e).losesConnection() || open.connection().isClosed();
  }

  private void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      statement.execute();
    }
  }

  private static void run(Session open, String sql) throws SQLException {
    try (Statement statement = open.connection().createStatement()) {
      statement.execute(sql);
    }
  }
}
