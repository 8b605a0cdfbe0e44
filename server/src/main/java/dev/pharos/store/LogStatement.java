package dev.pharos.store;

import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Outcome;
import dev.pharos.trace.Failure;
import dev.pharos.watch.CheckRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Appends looks to the log, many at once. */
final class LogStatement {
  /** The cause that needs no saying. */
  static final String SCHEDULED = "scheduled";

  private static final String INSERT =
      """
      INSERT INTO mcp_health_logs
        (checked_at, server_id, previous_at, status, verdict, response_time_us, stages, tool_count,
         reason_stage, reason_kind, error_message, event_type)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final PreparedStatement insert;
  private final Dialect dialect;

  LogStatement(Connection connection, Dialect dialect) throws SQLException {
    this.dialect = dialect;
    insert = connection.prepareStatement(INSERT);
  }

  void add(CheckRecord record, Outcome outcome, long at, @Nullable Long previousAt)
      throws SQLException {
    Health health = record.memory().health();
    Health verdict = outcome.verdict();
    Failure reason = Seen.reason(outcome);
    Counts counts = outcome.seen().counts();
    dialect.setMoment(insert, 1, at);
    insert.setLong(2, record.server().value());
    dialect.setMoment(insert, 3, previousAt);
    insert.setString(4, health.wire());
    insert.setString(5, verdict == health ? null : verdict.wire());
    insert.setObject(6, Seen.responseMicros(outcome));
    insert.setString(7, StagesJson.write(outcome.seen().stages()));
    insert.setObject(8, Seen.answered(outcome) && counts.tools() >= 0 ? counts.tools() : null);
    insert.setString(9, reason == null ? null : reason.stage().wire());
    insert.setString(10, reason == null ? null : reason.kind().wire());
    dialect.setText(insert, 11, Seen.message(outcome));
    insert.setString(12, record.cause().equals(SCHEDULED) ? null : record.cause());
    insert.addBatch();
  }

  void flush() throws SQLException {
    insert.executeBatch();
  }

  void clear() throws SQLException {
    insert.clearBatch();
  }
}
