package dev.pharos.store;

import dev.pharos.watch.CheckRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Locks the rows, in the order of their ids, so that transactions of several nodes wait for each
 * other and never in a circle. A node that was paused and lost its servers meanwhile finds none.
 *
 * @param node the owner that rows must have; null when there is one node, whose all are
 */
record RowFence(@Nullable String node) implements Fence {
  private static final String HOLD =
      """
      SELECT id, last_health_check, health_memory LIKE '%"active":true%' AS active
      FROM mcp_servers WHERE id = ANY (:ids) AND (:node IS NULL OR owner = :node)
      ORDER BY id FOR NO KEY UPDATE
      """;

  @Override
  public LongPredicate hold(Handle handle, List<CheckRecord> records, Recollection recollection) {
    List<Long> ids = records.stream().map(each -> each.server().value()).distinct().toList();
    Set<Long> ours = new HashSet<>();
    handle
        .createQuery(HOLD)
        .bindArray("ids", Long.class, ids)
        .bind("node", node)
        .map((row, _) -> {
          long id = row.getLong("id");
          recollection.confirm(
              id, Moments.microsOrNull(row, "last_health_check"), row.getBoolean("active"));
          return id;
        })
        .forEach(ours::add);
    return ours::contains;
  }

  @Override
  public boolean holds(Handle handle, long server) {
    return handle
        .createQuery(HOLD)
        .bindArray("ids", Long.class, List.of(server))
        .bind("node", node)
        .map((row, _) -> row.getLong("id"))
        .findOne()
        .isPresent();
  }
}
