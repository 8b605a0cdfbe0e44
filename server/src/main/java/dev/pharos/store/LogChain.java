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
  private static final Moment EVER = new Moment(Long.MIN_VALUE);

  /** The keys of a chain, newest first, from a first key on; the join follows the chain. */
  private static final String KEYS =
      """
      WITH RECURSIVE chain (server_id, at, n) AS (
        %s
        UNION ALL
        SELECT l.server_id, l.previous_at, c.n + 1
        FROM chain c %s
        WHERE c.n < :limit AND l.previous_at >= :from
      )
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
  private static final String HEAD = "SELECT last_health_check FROM mcp_servers WHERE id = :server";
  private static final String BEFORE =
      "SELECT previous_at FROM mcp_health_logs WHERE checked_at = :at AND server_id = :server";

  private final String beats;
  private final String ofKey;
  private final String delete;

  LogChain(Dialect dialect) {
    String join = dialect.logOfChain();
    String keys = KEYS.formatted(NEWEST, join);
    beats = beats(join);
    ofKey =
        KEYS.formatted("VALUES (:server, :at, 1)", join)
            + "SELECT l.* FROM chain c "
            + join
            + " "
            + WANTED;
    delete =
        "DELETE FROM mcp_health_logs WHERE (checked_at, server_id) IN (%s SELECT at, server_id FROM chain)"
            .formatted(keys);
  }

  /** The newest rows of many servers; each is read once, which for a fleet is half the time. */
  private static String beats(String join) {
    return """
    WITH RECURSIVE heads (server_id, at) AS (
      SELECT id, last_health_check FROM mcp_servers WHERE id IN (<servers>)
    ),
    chain (server_id, checked_at, status, response_time_us, at, n) AS (
      SELECT l.server_id, l.checked_at, l.status, l.response_time_us, l.previous_at, 1
      FROM heads c %1$s
      UNION ALL
      SELECT l.server_id, l.checked_at, l.status, l.response_time_us, l.previous_at, c.n + 1
      FROM chain c %1$s
      WHERE c.n < :limit
    )
    SELECT server_id, checked_at, status, response_time_us FROM chain
    """
        .formatted(join);
  }

  /** Takes a row of a result. */
  @FunctionalInterface
  interface RowTaker {
    void take(ResultSet row) throws SQLException;
  }

  /** The newest rows of each server, without what lists do not show. */
  void newest(Handle handle, Collection<Long> servers, int limit, RowTaker taker) {
    handle
        .createQuery(beats)
        .bindList("servers", List.copyOf(servers))
        .bind("limit", limit)
        .scanResultSet((rows, _) -> {
          try (ResultSet row = rows.get()) {
            while (row.next()) {
              taker.take(row);
            }
          }
          return limit;
        });
  }

  /**
   * Rows of a server, newest first: those of a status among the {@code length} rows from a key on,
   * and the last of these in any case.
   */
  List<LogEntry> stretch(
      Handle handle, ServerRange range, @Nullable String status, long at, int length) {
    return rows(
        handle
            .createQuery(ofKey)
            .bind("server", range.server())
            .bind("at", new Moment(at))
            .bind("from", new Moment(range.from()))
            .bind("to", new Moment(range.to()))
            .bind("status", status)
            .bind("limit", length));
  }

  /**
   * A key from which on all rows of the range are found; empty when there are none. Who pages asks
   * for what is before a row: that row says where to go on.
   */
  Optional<Long> start(Handle handle, ServerRange range) {
    Optional<LogKey> page =
        handle
            .createQuery(BEFORE)
            .bind("at", new Moment(range.to()))
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

  void delete(Handle handle, long server) {
    handle
        .createUpdate(delete)
        .bindList("servers", List.of(server))
        .bind("limit", Long.MAX_VALUE)
        .bind("from", EVER)
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
      return new LogKey(Moments.microsOrNull(row, column));
    }
  }
}
