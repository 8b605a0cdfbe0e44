package dev.pharos.store;

import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import dev.pharos.registry.NameTaken;
import dev.pharos.registry.ServerStore.Draft;
import dev.pharos.registry.ServerStore.Edit;
import dev.pharos.registry.StaleVersion;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes definitions of servers, however many, in a few ways to the database and back. Numbers of
 * new ones are asked for first, so that what is secret can be sealed for them, and rows are sent
 * together. Within a transaction.
 */
record ServerWrites(ServerRows rows, Dialect dialect) {
  /** Values that one question names: databases bound them. */
  private static final int NAMED = 500;

  /** Replaces definitions; the servers come back in the order of the edits. */
  List<Standing> update(Handle handle, List<Edit> edits) {
    Map<Long, Server> edited = new LinkedHashMap<>();
    edits.forEach(each -> edited.put(each.edited().id().value(), each.edited()));
    refuseStale(edited, held(handle, edited.keySet()));
    refuseTaken(handle, edited.values());
    List<Map<String, @Nullable Object>> columns = edits.stream().map(this::row).toList();
    if (!columns.isEmpty()) {
      String set = joined(columns, each -> each + " = :" + each);
      send(handle, "UPDATE mcp_servers SET " + set + " WHERE id = :id", columns);
    }
    return written(handle, edited.keySet());
  }

  /** Registers servers; they come back in the order of the drafts. */
  List<Standing> insert(Handle handle, List<Draft> drafts) {
    refuseTaken(handle, drafts.stream().map(Draft::server).toList());
    List<Long> ids = ids(handle, drafts.size());
    List<Map<String, @Nullable Object>> columns =
        IntStream.range(0, ids.size()).mapToObj(i -> row(ids.get(i), drafts.get(i))).toList();
    if (!columns.isEmpty()) {
      String names = joined(columns, each -> each);
      String values = joined(columns, each -> ":" + each);
      send(handle, "INSERT INTO mcp_servers (" + names + ") VALUES (" + values + ")", columns);
    }
    Spans.begin(handle, ids, drafts.stream().map(Draft::memory).toList());
    return written(handle, ids);
  }

  /** The versions of rows, which are kept from all others; who writes them now is waited for. */
  private Map<Long, Long> held(Handle handle, Collection<Long> ids) {
    Map<Long, Long> versions = new HashMap<>();
    String held =
        "SELECT id, version FROM mcp_servers WHERE id IN (<ids>) ORDER BY id" + dialect.forUpdate();
    // In the order of their numbers, as everybody locks them.
    pieces(
        ids.stream().sorted().toList(),
        some ->
            handle
                .createQuery(held)
                .bindList("ids", some)
                .map((row, _) -> Map.entry(row.getLong("id"), row.getLong("version")))
                .forEach(each -> versions.put(each.getKey(), each.getValue())));
    return versions;
  }

  private static void refuseStale(Map<Long, Server> edited, Map<Long, Long> versions) {
    edited.forEach((id, server) -> {
      long stored = versions.getOrDefault(id, 0L);
      if (stored != server.version()) {
        throw new StaleVersion(server.spec().name(), stored);
      }
    });
  }

  private static void refuseTaken(Handle handle, Collection<Server> servers) {
    Map<String, Long> wanted = new LinkedHashMap<>();
    for (Server each : servers) {
      String name = each.spec().name();
      if (wanted.put(name, each.id().value()) != null) {
        throw new NameTaken(name);
      }
    }
    pieces(
        List.copyOf(wanted.keySet()),
        some ->
            handle
                .createQuery("SELECT id, name FROM mcp_servers WHERE name IN (<names>)")
                .bindList("names", some)
                .map((row, _) -> Map.entry(row.getString("name"), row.getLong("id")))
                .forEach(each -> {
                  if (!each.getValue().equals(wanted.get(each.getKey()))) {
                    throw new NameTaken(each.getKey());
                  }
                }));
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

  private Map<String, @Nullable Object> row(Edit edit) {
    Server edited = edit.edited();
    Map<String, @Nullable Object> row = row(edited.id().value(), edited);
    row.put("updated_at", Moment.of(edit.now()));
    row.put("version", edited.version() + 1);
    return row;
  }

  private Map<String, @Nullable Object> row(long id, Draft draft) {
    Server server = draft.server();
    Map<String, @Nullable Object> row = row(id, server);
    row.putAll(ServerColumns.health(draft.memory()));
    row.put("created_at", Moment.of(server.createdAt()));
    row.put("updated_at", Moment.of(server.updatedAt()));
    row.put("version", server.version());
    return row;
  }

  private Map<String, @Nullable Object> row(long id, Server server) {
    Map<String, @Nullable Object> row = ServerColumns.definition(server);
    row.putAll(rows.sealed(id, server.spec()));
    row.put("id", id);
    return row;
  }

  /** All rows have the same columns. */
  private static String joined(
      List<Map<String, @Nullable Object>> rows, UnaryOperator<String> each) {
    return rows.getFirst().keySet().stream().map(each).collect(Collectors.joining(", "));
  }

  private static void send(
      Handle handle, String statement, List<Map<String, @Nullable Object>> rows) {
    try (PreparedBatch batch = handle.prepareBatch(statement)) {
      rows.forEach(row -> batch.bindMap(row).add());
      batch.execute();
    }
  }

  /** As they are read from now on, in the order of the numbers given. */
  private List<Standing> written(Handle handle, Collection<Long> ids) {
    Map<Long, Standing> read = new HashMap<>();
    pieces(
        List.copyOf(ids),
        some ->
            rows.byIds(handle, some).forEach(each -> read.put(each.server().id().value(), each)));
    if (read.size() != ids.size()) {
      throw new StoreException("a server could not be read back: nothing was written");
    }
    return ids.stream().map(each -> Objects.requireNonNull(read.get(each))).toList();
  }

  private static <T> void pieces(List<T> all, Consumer<List<T>> each) {
    for (int i = 0; i < all.size(); i += NAMED) {
      each.accept(all.subList(i, Math.min(i + NAMED, all.size())));
    }
  }
}
