package dev.pharos.store;

import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import dev.pharos.registry.NameTaken;
import dev.pharos.registry.ServerStore.Draft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Registers servers, however many, in a few ways to the database and back: their numbers are asked
 * for first, so that what is secret can be sealed for them, and the rows are sent together.
 */
record NewServers(ServerRows rows, Dialect dialect) {
  /** Values that one question names: databases bound them. */
  private static final int NAMED = 500;

  /** Within a transaction; the servers come back in the order of the drafts. */
  List<Standing> insert(Handle handle, List<Draft> drafts) {
    refuseTaken(handle, drafts);
    List<Long> ids = ids(handle, drafts.size());
    List<Map<String, @Nullable Object>> columns = new ArrayList<>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      columns.add(row(ids.get(i), drafts.get(i)));
    }
    send(handle, columns);
    Spans.begin(handle, ids, drafts.stream().map(Draft::memory).toList());
    return written(handle, ids);
  }

  private static void refuseTaken(Handle handle, List<Draft> drafts) {
    List<String> names = drafts.stream().map(each -> each.server().spec().name()).toList();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new NameTaken(name);
      }
    }
    for (int i = 0; i < names.size(); i += NAMED) {
      handle
          .createQuery("SELECT name FROM mcp_servers WHERE name IN (<names>) ORDER BY id LIMIT 1")
          .bindList("names", names.subList(i, Math.min(i + NAMED, names.size())))
          .mapTo(String.class)
          .findOne()
          .ifPresent(name -> {
            throw new NameTaken(name);
          });
    }
  }

  private List<Long> ids(Handle handle, int count) {
    return handle
        .createQuery(dialect.newServerIds())
        .bind("count", count)
        .mapTo(Long.class)
        .stream()
        .sorted()
        .toList();
  }

  private Map<String, @Nullable Object> row(long id, Draft draft) {
    Server server = draft.server();
    Map<String, @Nullable Object> row = ServerColumns.definition(server);
    row.putAll(ServerColumns.health(draft.memory()));
    row.putAll(rows.sealed(id, server.spec()));
    row.put("id", id);
    row.put("created_at", Moment.of(server.createdAt()));
    row.put("updated_at", Moment.of(server.updatedAt()));
    row.put("version", server.version());
    return row;
  }

  /** All rows have the same columns. */
  private static void send(Handle handle, List<Map<String, @Nullable Object>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Set<String> columns = rows.getFirst().keySet();
    String values = columns.stream().map(each -> ":" + each).collect(Collectors.joining(", "));
    String insert =
        "INSERT INTO mcp_servers (%s) VALUES (%s)".formatted(String.join(", ", columns), values);
    try (PreparedBatch batch = handle.prepareBatch(insert)) {
      rows.forEach(row -> batch.bindMap(row).add());
      batch.execute();
    }
  }

  /** As they are read from now on. */
  private List<Standing> written(Handle handle, List<Long> ids) {
    List<Standing> written = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i += NAMED) {
      written.addAll(rows.byIds(handle, ids.subList(i, Math.min(i + NAMED, ids.size()))));
    }
    if (written.size() != ids.size()) {
      throw new StoreException("a server could not be read back: nothing was registered");
    }
    return written;
  }
}
