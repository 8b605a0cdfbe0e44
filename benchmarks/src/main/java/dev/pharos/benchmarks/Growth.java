package dev.pharos.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

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

  static Growth read(Path data) throws SQLException {
    String url = "jdbc:sqlite:" + data.resolve("pharos.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = 1");
      return new Growth(
          row(statement, "mcp_health_logs"),
          row(statement, "mcp_rollup_5m"),
          number(
              statement,
              """
              SELECT CAST(COUNT(*) AS REAL) / COUNT(DISTINCT begin_at || ':' || server_id)
              FROM mcp_rollup_5m
              """));
    }
  }

  /** Bytes a day of one server, in the log and in the roll-ups of five minutes. */
  double serverDay(double intervalSeconds) {
    return SECONDS_A_DAY / intervalSeconds * logRow + BUCKETS_A_DAY * rollupRows * rollupRow;
  }

  private static double row(Statement statement, String table) throws SQLException {
    double bytes = number(statement, "SELECT SUM(pgsize) FROM dbstat WHERE name = '" + table + "'");
    return bytes / number(statement, "SELECT COUNT(*) FROM " + table);
  }

  private static double number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getDouble(1);
    }
  }
}
