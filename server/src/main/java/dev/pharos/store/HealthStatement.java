package dev.pharos.store;

import dev.pharos.fleet.Counts;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Outcome;
import dev.pharos.trace.Failure;
import dev.pharos.watch.CheckRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Writes what a look leaves in the rows of servers, many at once. */
final class HealthStatement {
  /** A null stands for: as it was. */
  private static final String UPDATE =
      """
      UPDATE mcp_servers SET
        last_health_check = COALESCE(?, last_health_check),
        response_time_us = CASE WHEN ? THEN ? ELSE response_time_us END,
        tool_count = COALESCE(?, tool_count),
        prompt_count = COALESCE(?, prompt_count),
        resource_count = COALESCE(?, resource_count),
        resource_template_count = COALESCE(?, resource_template_count),
        next_check_at = ?,
        health_status = ?, health_since = ?,
        reason_stage = ?, reason_kind = ?, reason_message = ?,
        error_count = ?, failure_cycle_count = ?,
        auto_disabled_at = ?, auto_disabled_reason = ?,
        circuit_state = ?, circuit_since = ?,
        health_memory = ?
      WHERE id = ?
      """;

  private final PreparedStatement update;
  private final Dialect dialect;

  HealthStatement(Connection connection, Dialect dialect) throws SQLException {
    this.dialect = dialect;
    update = connection.prepareStatement(UPDATE);
  }

  /**
   * Adds a record.
   *
   * @param at of its log row in microseconds; null when no look was made
   */
  void add(CheckRecord record, @Nullable Long at) throws SQLException {
    look(record.outcome(), at);
    dialect.setMoment(update, 8, Moments.microsOrNull(record.nextDue()));
    memory(record.memory());
    update.setLong(21, record.server().value());
    update.addBatch();
  }

  private void look(@Nullable Outcome outcome, @Nullable Long at) throws SQLException {
    dialect.setMoment(update, 1, at);
    update.setBoolean(2, outcome != null);
    update.setObject(3, outcome == null ? null : Seen.responseMicros(outcome));
    Counts counts = outcome != null && Seen.answered(outcome) ? outcome.seen().counts() : null;
    update.setObject(4, counts == null ? null : counts.tools());
    update.setObject(5, counts == null ? null : counts.prompts());
    update.setObject(6, counts == null ? null : counts.resources());
    update.setObject(7, counts == null ? null : counts.resourceTemplates());
  }

  private void memory(HealthMemory memory) throws SQLException {
    Failure reason = memory.reason();
    update.setString(9, memory.health().wire());
    dialect.setMoment(update, 10, Moments.micros(memory.since()));
    update.setString(11, reason == null ? null : reason.stage().wire());
    update.setString(12, reason == null ? null : reason.kind().wire());
    dialect.setText(update, 13, reason == null ? null : reason.message());
    update.setLong(14, memory.errorCount());
    update.setInt(15, memory.failureCycles());
    dialect.setMoment(update, 16, Moments.microsOrNull(memory.autoDisabledAt()));
    dialect.setText(update, 17, memory.autoDisabledReason());
    update.setString(18, memory.circuit().wire());
    dialect.setMoment(update, 19, Moments.micros(memory.circuitSince()));
    update.setString(20, MemoryJson.write(memory));
  }

  void flush() throws SQLException {
    update.executeBatch();
  }

  void clear() throws SQLException {
    update.clearBatch();
  }
}
