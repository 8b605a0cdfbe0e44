package dev.pharos.store;

import dev.pharos.event.EventJournal;
import dev.pharos.event.EventJson;
import dev.pharos.fleet.StoredEvent;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads the journal. Ids are given by the one writer within its transactions, so they become
 * visible in their order.
 */
final class SqlEventJournal implements EventJournal {
  private static final String SELECT = "SELECT id, payload FROM events WHERE ";

  private final Database database;

  SqlEventJournal(Database database) {
    this.database = database;
  }

  @Override
  public List<StoredEvent> after(long cursor, Filter filter, int limit) {
    return read(SELECT + "id > :cursor" + and(filter) + " ORDER BY id", cursor, filter, limit);
  }

  @Override
  public List<StoredEvent> before(long cursor, Filter filter, int limit) {
    return read(SELECT + "id < :cursor" + and(filter) + " ORDER BY id DESC", cursor, filter, limit);
  }

  @Override
  public long newest() {
    return number("SELECT COALESCE(MAX(id), 0) FROM events");
  }

  @Override
  public long oldest() {
    return number("SELECT COALESCE(MIN(id), 0) FROM events");
  }

  private List<StoredEvent> read(String sql, long cursor, Filter filter, int limit) {
    return database.read(handle -> {
      Query query =
          handle.createQuery(sql + " LIMIT :limit").bind("cursor", cursor).bind("limit", limit);
      if (filter.server() != null) {
        query.bind("server", filter.server());
      }
      if (filter.type() != null) {
        query.bind("type", filter.type());
      }
      return query
          .map((row, _) ->
              new StoredEvent(row.getLong("id"), EventJson.read(row.getString("payload"))))
          .list();
    });
  }

  private static String and(Filter filter) {
    return (filter.server() == null ? "" : " AND mcp_name = :server")
        + (filter.type() == null ? "" : " AND type = :type");
  }

  private long number(String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
