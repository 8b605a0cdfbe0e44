package dev.pharos.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of servers. The table lies in the order of time, so that looks are appended; the
 * rows of one server are found one from the other, each naming the one before, beginning at {@code
 * mcp_servers.last_health_check}.
 */
final class LogChain {
  /** The keys of a chain, newest first, from a first key on. */
  private static final String KEYS =
      """
      WITH RECURSIVE chain (server_id, at, n) AS (
        %s
        UNION ALL
        SELECT l.server_id, l.previous_at, c.n + 1
        FROM chain c
        JOIN mcp_health_logs l ON l.checked_at = c.at AND l.server_id = c.server_id
        WHERE c.n < :limit AND l.previous_at >= :from
      )
      """;

  private static final String ROWS =
      """
      SELECT l.* FROM chain c
      JOIN mcp_health_logs l ON l.checked_at = c.at AND l.server_id = c.server_id
      """;

  /** The last row of a stretch always comes along: the next stretch begins there. */
  private static final String WANTED =
      """
      WHERE (l.checked_at < :to AND (:status IS NULL OR l.status = :status)) OR c.n = :limit
      """;

  private static final String NEWEST =
      """
      SELECT id, last_health_check, 1 FROM mcp_servers
      WHERE id IN (<servers>) AND last_health_check IS NOT NULL
      """;
  private static final String OF_NEWEST = KEYS.formatted(NEWEST) + ROWS;
  private static final String OF_KEY = KEYS.formatted("VALUES (:server, :at, 1)") + ROWS + WANTED;
  private static final String DELETE =
      """
      DELETE FROM mcp_health_logs WHERE (checked_at, server_id) IN (
        %s SELECT at, server_id FROM chain
      )
      """
          .formatted(KEYS.formatted(NEWEST));
  private static final String HEAD = "SELECT last_health_check FROM mcp_servers WHERE id = :server";
  private static final String BEFORE =
      "SELECT previous_at FROM mcp_health_logs WHERE checked_at = :at AND server_id = :server";

  private LogChain() {}

  /** The newest rows of each server, those of one server newest first. */
  static List<LogEntry> newest(Handle handle, Collection<Long> servers, int limit) {
    Query query = handle.createQuery(OF_NEWEST).bindList("servers", List.copyOf(servers));
    return rows(query.bind("limit", limit).bind("from", Long.MIN_VALUE));
  }

  /**
   * Rows of a server, newest first: those of a status among the {@code length} rows from a key on,
   * and the last of these in any case.
   */
  static List<LogEntry> stretch(
      Handle handle, LogRange range, @Nullable String status, long at, int length) {
    return rows(
        handle
            .createQuery(OF_KEY)
            .bind("server", range.server())
            .bind("at", at)
            .bind("from", range.from())
            .bind("to", range.to())
            .bind("status", status)
            .bind("limit", length));
  }

  /**
   * A key from which on all rows of the range are found; empty when there are none. Who pages asks
   * for what is before a row: that row says where to go on.
   */
  static Optional<Long> start(Handle handle, LogRange range) {
    Optional<LogKey> page =
        handle
            .createQuery(BEFORE)
            .bind("at", range.to())
            .bind("server", range.server())
            .map((row, _) -> LogKey.read(row, "previous_at"))
            .findOne();
    LogKey key =
        page.isPresent()
            ? page.get()
            : handle
                .createQuery(HEAD)
                .bind("server", range.server())
                .map((row, _) -> LogKey.read(row, "last_health_check"))
                .findOne()
                .orElse(LogKey.NONE);
    return Optional.ofNullable(key.at());
  }

  static void delete(Handle handle, long server) {
    handle
        .createUpdate(DELETE)
        .bindList("servers", List.of(server))
        .bind("limit", Long.MAX_VALUE)
        .bind("from", Long.MIN_VALUE)
        .execute();
  }

  private static List<LogEntry> rows(Query query) {
    List<LogEntry> rows = new ArrayList<>(query.map((row, _) -> LogEntry.read(row)).list());
    // The chain gives them so, but a join promises no order.
    rows.sort(LogEntry.NEWEST_FIRST);
    return rows;
  }

  /** A key in microseconds, or none. */
  private record LogKey(@Nullable Long at) {
    static final LogKey NONE = new LogKey(null);

    static LogKey read(ResultSet row, String column) throws SQLException {
      long at = row.getLong(column);
      return row.wasNull() ? NONE : new LogKey(at);
    }
  }
}
