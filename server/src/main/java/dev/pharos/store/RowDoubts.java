package dev.pharos.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, once for each version, of rows that somebody wrote and nobody can read. Thread-safe. */
final class RowDoubts {
  private static final Logger LOG = LoggerFactory.getLogger(RowDoubts.class);

  /** What is remembered of rows is bounded, and told again then. */
  private static final int MOST = 10_000;

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Tells of a row; the log has no values of it but its name. */
  void tell(ResultSet row, String consequence, RuntimeException reason) throws SQLException {
    if (told.size() > MOST) {
      told.clear();
    }
    if (told.add(row.getLong("id") + "/" + row.getLong("version") + "/" + consequence)) {
      String why = reason instanceof StoreException ? reason.getMessage() : "a value is malformed";
      LOG.atWarn()
          .addKeyValue("server", row.getString("name"))
          .addKeyValue("reason", why)
          .log("A row of mcp_servers cannot be read as it is: " + consequence);
    }
  }
}
