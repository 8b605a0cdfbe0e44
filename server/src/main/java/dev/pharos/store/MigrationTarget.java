package dev.pharos.store;

import dev.pharos.store.PostgresSource.Use;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The schema that a migration fills. Held by one migration at a time. */
final class MigrationTarget implements AutoCloseable {
  private static final int FETCH = 2_000;

  /** Of a run before that was cut off, and whose connection the database still takes for alive. */
  private static final String END_OTHERS =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = ? AND usename = current_user AND pid <> pg_backend_pid()
      """;

  private static final String LOCK =
      "SELECT pg_advisory_lock(hashtextextended(current_schema() || '.migration', 0))";

  private static final String LIVE_NODES =
      "SELECT COUNT(*) FROM nodes WHERE seen_at > now() - INTERVAL '30 seconds'";

  /** Of this node alone: each new node brings its own. */
  private static final String NOT_OURS = "owner";

  private final PostgresDialect dialect;
  private final SecretBox box;
  private final String source;
  private final Connection connection;
  private final Handle handle;

  private MigrationTarget(
      PostgresDialect dialect, SecretBox box, String source, Connection connection)
      throws SQLException {
    this.dialect = dialect;
    this.box = box;
    this.source = source;
    this.connection = connection;
    this.handle = Values.of(dialect).open(connection);
    connection.setAutoCommit(false);
  }

  /**
   * Opens a schema, made when it is missing.
   *
   * @param source what tells the data folder from others
   */
  static MigrationTarget open(PostgresSettings settings, SecretBox box, String source) {
    PostgresSource postgres = new PostgresSource(settings);
    PostgresDialect dialect = postgres.dialect();
    try {
      PostgresSchema.prepare(postgres.open(Use.MIGRATE, "pharos-migration"), dialect);
      String name = "pharos-move-" + source.substring(0, 16);
      Connection connection = postgres.open(Use.MOVE, name).getConnection();
      try {
        MigrationTarget target = new MigrationTarget(dialect, box, source, connection);
        target.take(name);
        return target;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw dialect.explain(e);
    }
  }

  private void take(String name) {
    // Our own folder is held by us: whoever bears its name is what was left of a run before.
    work(open -> open.select(END_OTHERS, name).mapTo(Boolean.class).list());
    try {
      work(open -> open.execute(LOCK));
    } catch (StoreException e) {
      SQLException fault = Database.fault(e);
      throw fault != null && PostgresFault.of(fault).state().equals("55P03")
          ? new StoreException("another data folder is being moved into " + schema(), e)
          : e;
    }
  }

  /**
   * Begins, or goes on with what a run before has begun.
   *
   * @param state how the data folder is found
   * @return false when all is here already
   */
  boolean begin(String state) {
    return work(open -> {
      Optional<MigrationRow> before = MigrationRow.read(open);
      if (before.isEmpty()) {
        refuseUsed(open);
        MigrationRow.begin(open, source, state);
      } else {
        refuseOther(before.get(), state);
        if (before.get().finished()) {
          return false;
        }
        if (!before.get().state().equals(state)) {
          // The folder was used in between: what was taken of it is no longer so.
          open.execute("TRUNCATE " + String.join(", ", MovedTable.names()) + " CASCADE");
          MigrationRow.begin(open, source, state);
        }
      }
      SecretCheck.passes(open, box);
      return true;
    });
  }

  private void refuseUsed(Handle open) {
    for (String each : MovedTable.names()) {
      if (open.createQuery("SELECT 1 FROM " + each + " LIMIT 1")
          .mapTo(Integer.class)
          .findOne()
          .isPresent()) {
        throw new StoreException(
            "%s is in use, its table %s is not empty: name another schema"
                .formatted(schema(), each));
      }
    }
    if (open.createQuery(LIVE_NODES).mapTo(Long.class).one() > 0) {
      throw new StoreException("a monitor runs on " + schema() + ": end it first");
    }
  }

  private void refuseOther(MigrationRow before, String state) {
    if (!before.source().equals(source)) {
      throw new StoreException(
          schema() + " holds another data folder that was moved there: name another schema");
    }
    if (before.finished() && !before.state().equals(state)) {
      throw new StoreException(
          "the data folder was moved to %s before, and used since: name another schema"
              .formatted(schema()));
    }
  }

  /** How the rows of a table look. */
  MovedRow shape(MovedTable table) {
    return work(open -> {
      try (Statement statement = connection.createStatement();
          ResultSet none = statement.executeQuery("SELECT * FROM " + table.name() + " LIMIT 0")) {
        ResultSetMetaData data = none.getMetaData();
        List<MovedColumn> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
          if (!data.getColumnName(i).equals(NOT_OURS)) {
            String type = data.getColumnTypeName(i).toUpperCase(Locale.ROOT);
            columns.add(
                new MovedColumn(
                    data.getColumnName(i),
                    MovedColumn.Type.valueOf(
                        type.replace("BIGSERIAL", "INT8").replace("SERIAL", "INT4"))));
          }
        }
        return new MovedRow(table, List.copyOf(columns));
      }
    });
  }

  /** How many rows of a table were taken. */
  long taken(MovedTable table) {
    return work(open -> MigrationRow.taken(open, table));
  }

  void makeDays(Collection<LocalDate> days) {
    work(open -> {
      PartitionedLog.make(open, days);
      return true;
    });
  }

  /** Takes rows of a table, behind those that were taken; the caller closes it. */
  CopiedRows copy(MovedRow shape, long taken, int rowsAtOnce) {
    try {
      return new CopiedRows(
          connection.unwrap(PGConnection.class), connection, dialect, shape, taken, rowsAtOnce);
    } catch (SQLException e) {
      throw dialect.explain(e);
    }
  }

  /** Gives the rows of a table in any order. */
  void read(MovedRow shape, Consumer<@Nullable Object[]> taker) {
    String sql = "SELECT %s FROM %s".formatted(shape.names(), shape.table().name());
    work(open -> {
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(FETCH); // a cursor: not all at once
        try (ResultSet row = statement.executeQuery(sql)) {
          while (row.next()) {
            @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
            for (int i = 0; i < values.length; i++) {
              values[i] = shape.columns().get(i).fromPostgres(row, i + 1);
            }
            taker.accept(values);
          }
        }
        return true;
      }
    });
  }

  /** The copy is not as the folder: the next run takes nothing of it. */
  void doubt() {
    work(open -> {
      MigrationRow.forgetState(open);
      return true;
    });
  }

  /** Lets the planner know the tables. */
  void analyze() {
    MovedTable.names().forEach(each -> work(open -> open.execute("ANALYZE " + each)));
  }

  /**
   * Ends the migration: from now on the schema is a monitor's.
   *
   * @param highest the highest number that was given in a table
   */
  void finish(Function<String, Long> highest) {
    work(open -> {
      for (String each : MovedTable.NUMBERED) {
        long number = highest.apply(each);
        if (number > 0) {
          open.select("SELECT setval(pg_get_serial_sequence(?, 'id'), ?)", each, number)
              .mapTo(Long.class)
              .one();
        }
      }
      MigrationRow.finish(open);
      return true;
    });
  }

  String schema() {
    return "the schema %s of the database %s".formatted(dialect.schema(), dialect.database());
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException _) {
      // It was lost; what it had not committed is undone.
    }
  }

  private interface Work<T> {
    T on(Handle open) throws SQLException;
  }

  /** One transaction; after a failure nothing more is done here. */
  private <T> T work(Work<T> work) {
    try {
      T result = work.on(handle);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      throw Database.explained(e, dialect);
    }
  }
}
