package dev.pharos.store;

import dev.pharos.fleet.Health;
import dev.pharos.history.Beat;
import dev.pharos.history.LogRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log with its place in the chain.
 *
 * @param at microseconds
 * @param previousAt the key of the row before, or null for the first
 */
record LogEntry(long server, long at, @Nullable Long previousAt, LogRow row) {
  static final Comparator<LogEntry> NEWEST_FIRST =
      Comparator.comparingLong(LogEntry::at).reversed();

  static LogEntry read(ResultSet row) throws SQLException {
    Long previousAt = Moments.microsOrNull(row, "previous_at");
    long at = Moments.micros(row, "checked_at");
    return new LogEntry(row.getLong("server_id"), at, previousAt, logRow(row, at));
  }

  /** What lists show of a row. */
  static Beat beat(ResultSet row) throws SQLException {
    Instant at = Moments.instant(row, "checked_at");
    Health health = Names.of(Health.class, row.getString("status"));
    long micros = row.getLong("response_time_us");
    return new Beat(at, health, row.wasNull() ? null : Long.valueOf(micros));
  }

  private static LogRow logRow(ResultSet row, long at) throws SQLException {
    Health health = Names.of(Health.class, row.getString("status"));
    Health verdict = Names.ofOrNull(Health.class, row.getString("verdict"));
    long micros = row.getLong("response_time_us");
    Long response = row.wasNull() ? null : micros;
    int tools = row.getInt("tool_count");
    Integer toolCount = row.wasNull() ? null : tools;
    String cause = row.getString("event_type");
    return new LogRow(
        Moments.instant(at),
        health,
        verdict == null ? health : verdict,
        response,
        StagesJson.read(row.getString("stages")),
        Names.failure(row, "error_message"),
        toolCount,
        cause == null ? LogStatement.SCHEDULED : cause);
  }
}
