package dev.pharos.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table for each day (in UTC), made before the day comes, or when rows of another day do; old
 * days are dropped whole. Neither keeps anybody from writing: tables are made apart and attached,
 * and detached before they are dropped. For that there must be no table for all other days.
 */
final class PartitionedLog implements LogKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionedLog.class);
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final String TABLE = "mcp_health_logs_";
  private static final Pattern NAME = Pattern.compile(TABLE + "\\d{8}");

  /** Days made ahead: nobody notices a night without us. */
  private static final int AHEAD = 3;

  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.days', 0))";
  private static final String IS_ATTACHED =
      "SELECT 1 FROM pg_inherits WHERE inhrelid = to_regclass(:table)";
  private static final String DAYS =
      """
      SELECT c.relname, c.reltuples, i.inhrelid IS NOT NULL, COALESCE(i.inhdetachpending, FALSE)
      FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
        AND c.relname ~ '^mcp_health_logs_[0-9]{8}$'
      ORDER BY c.relname
      """;

  /** A table of a day, as it is found. */
  private record Day(String table, float rows, boolean attached, boolean pending) {
    /** Whether all of it is older. */
    boolean isBefore(Instant limit) {
      LocalDate day = LocalDate.parse(table.substring(TABLE.length()), DAY);
      return !day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).isAfter(limit);
    }
  }

  private final Database database;
  private final DataSource dropper;
  private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

  /**
   * @param dropper connections for what may take longer than writing may
   */
  PartitionedLog(Database database, DataSource dropper) {
    this.database = database;
    this.dropper = dropper;
  }

  @Override
  public void prepare(Collection<Instant> times) {
    Set<LocalDate> days = new TreeSet<>();
    for (Instant each : times) {
      LocalDate day = LocalDate.ofInstant(each, ZoneOffset.UTC);
      days.add(day);
      // A row may stand later than its look began.
      days.add(day.plusDays(1));
    }
    make(days);
  }

  @Override
  public void doubt() {
    known.clear();
  }

  /** Makes the tables of a day and of those that follow. */
  void makeAhead(Instant now) {
    Set<LocalDate> days = new TreeSet<>();
    for (int i = 0; i <= AHEAD; i++) {
      days.add(LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(i));
    }
    make(days);
  }

  @Override
  public long prune(Instant now, Duration age) {
    makeAhead(now);
    try (Connection connection = dropper.getConnection()) {
      if (!held(connection)) {
        return 0;
      }
      forgetWriters(connection);
      return drop(connection, now.minus(age));
    } catch (SQLException e) {
      throw database.dialect().explain(e);
    }
  }

  private void make(Set<LocalDate> days) {
    days.removeAll(known);
    if (days.isEmpty()) {
      return;
    }
    database.write(handle -> {
      make(handle, days);
      return days;
    });
    known.addAll(days);
  }

  /** Makes the tables of days within a transaction, as far as they are missing. */
  static void make(Handle handle, Collection<LocalDate> days) {
    handle.execute(LOCK);
    days.forEach(each -> make(handle, each));
  }

  private static void make(Handle handle, LocalDate day) {
    String table = TABLE + DAY.format(day);
    if (handle
        .createQuery(IS_ATTACHED)
        .bind("table", table)
        .mapTo(Integer.class)
        .findOne()
        .isEmpty()) {
      handle.execute(
          "CREATE TABLE IF NOT EXISTS " + table + " (LIKE mcp_health_logs INCLUDING ALL)");
      handle.execute(
          """
          ALTER TABLE mcp_health_logs
          ATTACH PARTITION %s FOR VALUES FROM ('%s 00:00+00') TO ('%s 00:00+00')
          """
              .formatted(table, day, day.plusDays(1)));
    }
  }

  /** Whether nobody else drops; the lock ends with the connection. */
  private static boolean held(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || '.drop', 0))")) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Of processes that did not end by themselves. */
  private static void forgetWriters(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM writers WHERE seen_at < now() - INTERVAL '1 day'");
    }
  }

  private long drop(Connection connection, Instant limit) throws SQLException {
    long rows = 0;
    for (Day day : days(connection)) {
      if (day.isBefore(limit)) {
        try {
          rows += drop(connection, day);
        } catch (SQLException e) {
          // Somebody reads it, and for long: there is no hurry.
          LOG.atInfo()
              .addKeyValue("table", day.table())
              .addKeyValue("reason", database.dialect().explain(e).getMessage())
              .log("A day of the log is in use; it is dropped later");
        }
      }
    }
    return rows;
  }

  private static long drop(Connection connection, Day day) throws SQLException {
    String detach = "ALTER TABLE mcp_health_logs DETACH PARTITION " + day.table();
    try (Statement statement = connection.createStatement()) {
      if (day.pending()) {
        statement.execute(detach + " FINALIZE");
      } else if (day.attached()) {
        statement.execute(detach + " CONCURRENTLY");
      }
      long rows = rows(statement, day);
      statement.execute("DROP TABLE " + day.table());
      return rows;
    }
  }

  /** As the database estimates them: to count a large day would take longer than to drop it. */
  private static long rows(Statement statement, Day day) throws SQLException {
    if (day.rows() > 0) {
      return (long) day.rows();
    }
    try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + day.table())) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static List<Day> days(Connection connection) throws SQLException {
    List<Day> days = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(DAYS)) {
      while (row.next()) {
        if (NAME.matcher(row.getString(1)).matches()) {
          days.add(
              new Day(row.getString(1), row.getFloat(2), row.getBoolean(3), row.getBoolean(4)));
        }
      }
    }
    return days;
  }
}
