package dev.pharos.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;

/**
 * What one look leaves in the database: bytes of a table, its pages counted whole, for each of its
 * rows. Read beside the running monitor.
 *
 * @param logRow of the health log
 * @param rollupRow of the five-minute roll-ups
 * @param rollupRows how many of these one server had in a bucket, in the mean
 */
record Growth(double logRow, double rollupRow, double rollupRows) {
  private static final double SECONDS_A_DAY = 86_400;
  private static final double BUCKETS_A_DAY = 288;

  private static final String ROLLUP_ROWS =
      """
      SELECT CAST(COUNT(*) AS REAL) / COUNT(DISTINCT begin_at || ':' || server_id)
      FROM mcp_rollup_5m
      """;

  static Growth ofSqlite(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = 1");
      return read(
          statement, table -> "SELECT SUM(pgsize) FROM dbstat WHERE name = '" + table + "'");
    }
  }

  /** Indexes and all partitions are in it. */
  static Growth ofPostgres(String url, String schema) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = " + schema);
      return read(
          statement,
          table ->
              """
              SELECT SUM(pg_total_relation_size(part)) FROM (
                SELECT '%1$s'::regclass AS part
                UNION SELECT inhrelid FROM pg_inherits WHERE inhparent = '%1$s'::regclass)
              """
                  .formatted(table));
    }
  }

  private static Growth read(Statement statement, UnaryOperator<String> bytes) throws SQLException {
    return new Growth(
        row(statement, "mcp_health_logs", bytes),
        row(statement, "mcp_rollup_5m", bytes),
        number(statement, ROLLUP_ROWS));
  }

  /** Bytes a day of one server, in the log and in the roll-ups of five minutes. */
  double serverDay(double intervalSeconds) {
    return SECONDS_A_DAY / intervalSeconds * logRow + BUCKETS_A_DAY * rollupRows * rollupRow;
  }

  private static double row(Statement statement, String table, UnaryOperator<String> bytes)
      throws SQLException {
    return number(statement, bytes.apply(table))
        / number(statement, "SELECT COUNT(*) FROM " + table);
  }

  private static double number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getDouble(1);
    }
  }
}
