package dev.pharos.store;

import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.watch.CheckRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The statements that a batch of records runs. Those of every look are prepared once and run
 * together; those of flips and changes, which are seldom, one by one. Guarded by the lock of the
 * writing connection.
 */
final class CheckBatch {
  private static final String FACTS =
      """
      INSERT INTO mcp_server_facts (server_id, facts) VALUES (:server, :facts)
      ON CONFLICT (server_id) DO UPDATE SET facts = excluded.facts
      """;
  private static final String SAID =
      """
      UPDATE mcp_servers SET protocol_version = :version, server_info = :info WHERE id = :server
      """;

  /** The version grows, so that an edit of what was read before is refused. */
  private static final String STATUS =
      """
      UPDATE mcp_servers SET status = :status, version = version + 1, updated_at = :at
      WHERE id = :server AND status <> :status
      """;

  private final Recollection recollection;
  private final Fence fence;
  private final HealthStatement health;
  private final LogStatement log;
  private final RollupStatement rollups;

  CheckBatch(Connection connection, Dialect dialect, Recollection recollection, Fence fence)
      throws SQLException {
    this.recollection = recollection;
    this.fence = fence;
    health = new HealthStatement(connection, dialect);
    log = new LogStatement(connection, dialect);
    rollups = new RollupStatement(connection, dialect);
  }

  /**
   * Writes records in their order. Records of servers that are gone, or another node's, leave
   * nothing.
   *
   * @param written what to recollect after the commit
   */
  List<StoredEvent> write(
      Handle handle, List<CheckRecord> records, Map<Long, Recollection.Last> written) {
    try {
      clear();
      // Rows first, events then: whoever holds the journal waits for no row.
      LongPredicate ours = fence.hold(handle, records, recollection);
      List<FleetEvent> events = new ArrayList<>();
      for (CheckRecord record : records) {
        if (ours.test(record.server().value())) {
          add(handle, record, written, events);
        }
      }
      health.flush();
      log.flush();
      rollups.flush();
      return EventLog.append(handle, events);
    } catch (SQLException e) {
      throw new FaultException(e);
    }
  }

  private void add(
      Handle handle,
      CheckRecord record,
      Map<Long, Recollection.Last> written,
      List<FleetEvent> events)
      throws SQLException {
    long server = record.server().value();
    Optional<Recollection.Last> known = last(handle, server, written);
    if (known.isEmpty()) {
      return;
    }
    Recollection.Last last = known.get();
    Long at = last.lastCheckAt();
    Facts facts = last.facts();
    Outcome outcome = record.outcome();
    if (outcome != null) {
      at = looked(record, outcome, last.lastCheckAt());
      facts = facts(handle, server, facts, outcome);
    }
    health.add(record, outcome == null ? null : at);
    if (record.memory().active() != last.active()) {
      status(handle, record);
    }
    if (record.flip() != null) {
      Spans.flip(handle, server, record.flip());
    }
    events.addAll(record.events());
    written.put(server, new Recollection.Last(facts, at, record.memory().active()));
  }

  private Optional<Recollection.Last> last(
      Handle handle, long server, Map<Long, Recollection.Last> written) {
    Recollection.Last last = written.get(server);
    return last == null ? recollection.of(handle, server) : Optional.of(last);
  }

  /**
   * Adds a look to the log and the roll-ups. The rows of a server stand in the order in which they
   * were written, also when the clock has stepped back: else its newest row were not its last.
   */
  private long looked(CheckRecord record, Outcome outcome, @Nullable Long previous)
      throws SQLException {
    long began = Moments.micros(record.at());
    long at = previous == null ? began : Math.max(began, previous + 1);
    log.add(record, outcome, at, previous);
    rollups.add(record.server().value(), at, outcome);
    return at;
  }

  private static Facts facts(Handle handle, long server, Facts before, Outcome outcome) {
    Facts now = Seen.facts(before, outcome);
    if (now.equals(before)) {
      return before;
    }
    handle.createUpdate(FACTS).bind("server", server).bind("facts", FactsJson.write(now)).execute();
    handle
        .createUpdate(SAID)
        .bind("version", now.protocolVersion())
        .bind("info", FactsJson.serverInfo(now))
        .bind("server", server)
        .execute();
    return now;
  }

  private static void status(Handle handle, CheckRecord record) {
    AdminStatus status = record.memory().active() ? AdminStatus.ACTIVE : AdminStatus.INACTIVE;
    handle
        .createUpdate(STATUS)
        .bind("status", status.wire())
        .bind("at", Moment.of(record.at()))
        .bind("server", record.server().value())
        .execute();
  }

  private void clear() throws SQLException {
    health.clear();
    log.clear();
    rollups.clear();
  }
}
