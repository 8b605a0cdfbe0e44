package dev.pharos.store;

import dev.pharos.access.LoginSession;
import dev.pharos.access.SessionStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Sessions in PostgreSQL. Read beside everything else that is read, so that people cannot keep
 * nodes from saying that they live.
 */
final class SqlSessions implements SessionStore {
  private static final String ADD =
      """
      INSERT INTO login_sessions (id, csrf, opened_at, used_at, seal)
      VALUES (:id, :csrf, :opened, :used, :seal)
      ON CONFLICT (id) DO NOTHING
      """;
  private static final String BOUND =
      """
      DELETE FROM login_sessions WHERE id IN (
        SELECT id FROM login_sessions ORDER BY used_at DESC, id OFFSET :most)
      """;
  private static final String ALL = "SELECT id, csrf, opened_at, used_at, seal FROM login_sessions";
  private static final String FIND = ALL + " WHERE id = :id";
  private static final String USED =
      "UPDATE login_sessions SET used_at = :at WHERE id = :id AND used_at < :at";
  private static final String REMOVE = "DELETE FROM login_sessions WHERE id = :id";

  private final Database database;
  private final Coordination coordination;

  SqlSessions(Database database, Coordination coordination) {
    this.database = database;
    this.coordination = coordination;
  }

  @Override
  public void add(LoginSession session) {
    coordination.with(handle -> {
      handle
          .createUpdate(ADD)
          .bind("id", session.key())
          .bind("csrf", session.csrf())
          .bind("opened", Moment.of(session.openedAt()))
          .bind("used", Moment.of(session.usedAt()))
          .bind("seal", session.seal())
          .execute();
      return handle.createUpdate(BOUND).bind("most", MOST).execute();
    });
  }

  @Override
  public Optional<LoginSession> find(String key) {
    return database.read(
        handle -> handle.createQuery(FIND).bind("id", key).map((row, _) -> session(row)).findOne());
  }

  @Override
  public void used(String key, Instant at) {
    coordination.with(
        handle -> handle.createUpdate(USED).bind("at", Moment.of(at)).bind("id", key).execute());
  }

  @Override
  public void remove(String key) {
    coordination.with(handle -> remove(handle, key));
  }

  /** Read and written in one transaction; one that is added meanwhile stays. */
  @Override
  public void retain(Predicate<LoginSession> which) {
    coordination.with(handle -> {
      List<LoginSession> all = handle.createQuery(ALL).map((row, _) -> session(row)).list();
      return all.stream()
          .filter(which.negate())
          .mapToInt(session -> remove(handle, session.key()))
          .sum();
    });
  }

  private static int remove(Handle handle, String key) {
    return handle.createUpdate(REMOVE).bind("id", key).execute();
  }

  private static LoginSession session(ResultSet row) throws SQLException {
    return new LoginSession(
        row.getString("id"),
        row.getString("csrf"),
        Moments.instant(row, "opened_at"),
        Moments.instant(row, "used_at"),
        row.getString("seal"));
  }
}
