package dev.pharos.store;

import dev.pharos.cluster.Node;
import dev.pharos.cluster.RefreshStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Looks at the whole fleet in PostgreSQL; its clock tells for how long a node was silent. */
final class SqlRefreshes implements RefreshStore {
  /** Two that are asked for at once become one. */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.refreshes', 0))";

  private static final String FORGET =
      "DELETE FROM refreshes WHERE told_at < clock_timestamp() - INTERVAL '1 day'";

  /** Of a node that is dead nothing runs. */
  private static final String ALL =
      """
      SELECT * FROM (
        SELECT id, node, total, done, started_at, stopping,
          CASE WHEN state = 'running' AND told_at < clock_timestamp() - :dead * INTERVAL '1 second'
            THEN 'stopped' ELSE state END AS state
        FROM refreshes) AS r
      """;

  private static final String RUNNING =
      ALL + " WHERE state = 'running' AND NOT stopping ORDER BY id DESC LIMIT 1";
  private static final String FIND = ALL + " WHERE id = :id";
  private static final String BEGIN =
      """
      INSERT INTO refreshes (node, total, done, state, started_at, told_at)
      VALUES (:node, :total, 0, 'running', :at, clock_timestamp()) RETURNING id
      """;
  private static final String TELL =
      """
      UPDATE refreshes SET done = :done, state = :state, told_at = clock_timestamp()
      WHERE id = :id RETURNING stopping
      """;
  private static final String STOP = "UPDATE refreshes SET stopping = TRUE WHERE id = :id";

  private final Database database;
  private final Coordination coordination;

  SqlRefreshes(Database database, Coordination coordination) {
    this.database = database;
    this.coordination = coordination;
  }

  @Override
  public Begun begin(String node, int total, Instant at) {
    return coordination.with(handle -> {
      handle.execute(LOCK);
      handle.execute(FORGET);
      return handle
          .createQuery(RUNNING)
          .bind("dead", Node.DEAD.toSeconds())
          .map((row, _) -> told(row))
          .findOne()
          .map(told -> new Begun(told, false))
          .orElseGet(() -> new Begun(begun(handle, node, total, at), true));
    });
  }

  private static Told begun(Handle handle, String node, int total, Instant at) {
    long id =
        handle
            .createQuery(BEGIN)
            .bind("node", node)
            .bind("total", total)
            .bind("at", Moment.of(at))
            .mapTo(Long.class)
            .one();
    return new Told(id, node, total, 0, State.RUNNING, at);
  }

  @Override
  public boolean tell(long id, int done, State state) {
    return coordination.with(handle ->
        handle
            .createQuery(TELL)
            .bind("done", done)
            .bind("state", Names.wire(state))
            .bind("id", id)
            .mapTo(Boolean.class)
            .findOne()
            .orElse(false));
  }

  @Override
  public Optional<Told> find(long id) {
    return database.read(handle ->
        handle
            .createQuery(FIND)
            .bind("dead", Node.DEAD.toSeconds())
            .bind("id", id)
            .map((row, _) -> told(row))
            .findOne());
  }

  @Override
  public void stop(long id) {
    coordination.with(handle -> handle.createUpdate(STOP).bind("id", id).execute());
  }

  private static Told told(ResultSet row) throws SQLException {
    return new Told(
        row.getLong("id"),
        row.getString("node"),
        row.getInt("total"),
        row.getInt("done"),
        Names.of(State.class, row.getString("state")),
        Moments.instant(row, "started_at"));
  }
}
