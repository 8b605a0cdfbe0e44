package dev.pharos.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** One table in the order of time: old rows are deleted in chunks. */
record PlainLog(Database database) implements LogKeeper {
  @Override
  public void prepare(Collection<Instant> times) {
    // There is always room.
  }

  @Override
  public void doubt() {
    // Nothing was made ready.
  }

  @Override
  public long prune(Instant now, Duration age) {
    return SqlRetention.older(database, "mcp_health_logs", "checked_at", now.minus(age));
  }
}
