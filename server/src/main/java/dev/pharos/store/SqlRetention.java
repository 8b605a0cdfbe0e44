package dev.pharos.store;

import dev.pharos.history.Retention;
import dev.pharos.history.RetentionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;

/** Removes what is too old, in transactions of some thousand rows: looks are written in between. */
final class SqlRetention implements Retention {
  private static final int ROWS = 5_000;

  /** Snapshots are long. */
  private static final int SNAPSHOTS = 200;

  private static final String EVENTS =
      """
      DELETE FROM events WHERE id IN (
        SELECT id FROM (SELECT id, at FROM events ORDER BY id LIMIT :rows) AS oldest
        WHERE at < :limit AND id < (SELECT MAX(id) FROM events)
      )
      """;
  private static final String UNUSED =
      """
      DELETE FROM mcp_capability_snapshots WHERE hash IN (
        SELECT hash FROM mcp_capability_snapshots c
        WHERE NOT EXISTS (SELECT 1 FROM mcp_servers s WHERE s.capability_hash = c.hash)
        LIMIT :rows
      )
      """;

  private final Database database;
  private final LogKeeper log;

  SqlRetention(Database database, LogKeeper log) {
    this.database = database;
    this.log = log;
  }

  @Override
  public Pruned prune(Instant now, RetentionSettings settings) {
    return new Pruned(
        log.prune(now, settings.logs()),
        older(RollupStep.FIVE_MINUTES.table(), "begin_at", now, settings.fiveMinutes()),
        older(RollupStep.HOUR.table(), "begin_at", now, settings.hours()),
        events(now.minus(settings.events())),
        repeat(database, handle -> handle.createUpdate(UNUSED).bind("rows", SNAPSHOTS).execute()));
  }

  private long older(String table, String column, Instant now, Duration age) {
    return older(database, table, column, now.minus(age));
  }

  /** Deletes the rows of a table, which lies in the order of a column, from before a moment. */
  static long older(Database database, String table, String column, Instant before) {
    long limit = Moments.micros(before);
    return repeat(database, handle -> older(handle, table, column, limit));
  }

  private static long older(Handle handle, String table, String column, long limit) {
    Optional<Long> chunk =
        handle
            .createQuery(
                "SELECT %2$s FROM %1$s WHERE %2$s < :limit ORDER BY %2$s LIMIT 1 OFFSET :rows"
                    .formatted(table, column))
            .bind("limit", new Moment(limit))
            .bind("rows", ROWS)
            .map((row, _) -> Moments.micros(row, column))
            .findOne();
    return handle
        .createUpdate("DELETE FROM %s WHERE %s <= :last".formatted(table, column))
        .bind("last", new Moment(chunk.orElse(limit - 1)))
        .execute();
  }

  private long events(Instant limit) {
    return repeat(
        database,
        handle ->
            handle
                .createUpdate(EVENTS)
                .bind("limit", Moment.of(limit))
                .bind("rows", ROWS)
                .execute());
  }

  /** Runs chunk after chunk, each a transaction, until one finds nothing. */
  private static long repeat(Database database, ToLongFunction<Handle> chunk) {
    long total = 0;
    for (long rows = -1; rows != 0; total += rows) {
      rows = database.write(chunk::applyAsLong);
    }
    return total;
  }
}
