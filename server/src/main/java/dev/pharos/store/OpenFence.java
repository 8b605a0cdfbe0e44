package dev.pharos.store;

import dev.pharos.watch.CheckRecord;
import java.util.List;
import java.util.function.LongPredicate;
import org.jdbi.v3.core.Handle;

/** One process writes, one transaction at a time. */
record OpenFence() implements Fence {
  @Override
  public LongPredicate hold(Handle handle, List<CheckRecord> records, Recollection recollection) {
    return _ -> true; // Whether a server is there the recollection knows, without a question.
  }

  @Override
  public boolean holds(Handle handle, long server) {
    return handle
        .createQuery("SELECT id FROM mcp_servers WHERE id = :id")
        .bind("id", server)
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }
}
