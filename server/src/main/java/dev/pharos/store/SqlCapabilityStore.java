package dev.pharos.store;

import dev.pharos.capability.CapabilityChange;
import dev.pharos.capability.CapabilityStore;
import dev.pharos.capability.Snapshot;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Snapshots by their content, shared by all servers that offer the same, and their changes. */
final class SqlCapabilityStore implements CapabilityStore {
  private static final String NEWEST =
      """
      SELECT c.hash, c.content, s.capability_seen_at
      FROM mcp_servers s JOIN mcp_capability_snapshots c ON c.hash = s.capability_hash
      WHERE s.id = :server
      """;
  private static final String POINT =
      """
      UPDATE mcp_servers SET capability_hash = :hash, capability_seen_at = :at WHERE id = :server
      """;
  private static final String KEEP =
      """
      INSERT INTO mcp_capability_snapshots (hash, content) VALUES (:hash, :content)
      ON CONFLICT (hash) DO NOTHING
      """;
  private static final String CHANGE =
      """
      INSERT INTO mcp_capability_changes
        (server_id, changed_at, list, change, item, old_text, new_text)
      VALUES (:server, :at, :list, :change, :item, :old, :new)
      """;
  private static final String CHANGES =
      """
      SELECT * FROM mcp_capability_changes
      WHERE server_id = :server AND id < :cursor ORDER BY id DESC LIMIT :limit
      """;

  private final Database database;
  private final Fence fence;

  SqlCapabilityStore(Database database, Fence fence) {
    this.database = database;
    this.fence = fence;
  }

  @Override
  public Optional<Snapshot> newest(ServerId server) {
    return database.read(handle ->
        handle
            .createQuery(NEWEST)
            .bind("server", server.value())
            .map((row, _) ->
                new Snapshot(
                    row.getString("hash"),
                    Moments.instant(row, "capability_seen_at"),
                    CapabilitiesJson.read(row.getString("content"))))
            .findOne());
  }

  @Override
  public Optional<StoredEvent> save(
      ServerId server,
      Snapshot snapshot,
      List<CapabilityChange> changes,
      @Nullable FleetEvent event) {
    String content = CapabilitiesJson.write(snapshot.capabilities());
    return database.write(handle -> {
      if (!fence.holds(handle, server.value())) {
        return Optional.empty();
      }
      handle.createUpdate(KEEP).bind("hash", snapshot.hash()).bind("content", content).execute();
      point(handle, server, snapshot);
      note(handle, server, changes);
      return event == null ? Optional.empty() : Optional.of(EventLog.append(handle, event));
    });
  }

  @Override
  public List<NumberedChange> changes(ServerId server, long cursor, int limit) {
    return database.read(handle ->
        handle
            .createQuery(CHANGES)
            .bind("server", server.value())
            .bind("cursor", cursor)
            .bind("limit", limit)
            .map((row, _) -> new NumberedChange(row.getLong("id"), change(row)))
            .list());
  }

  private static void point(Handle handle, ServerId server, Snapshot snapshot) {
    handle
        .createUpdate(POINT)
        .bind("hash", snapshot.hash())
        .bind("at", Moment.of(snapshot.seenAt()))
        .bind("server", server.value())
        .execute();
  }

  private static void note(Handle handle, ServerId server, List<CapabilityChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(CHANGE);
    for (CapabilityChange each : changes) {
      batch
          .bind("server", server.value())
          .bind("at", Moment.of(each.at()))
          .bind("list", each.list())
          .bind("change", each.kind())
          .bind("item", each.key())
          .bind("old", each.before())
          .bind("new", each.after())
          .add();
    }
    batch.execute();
  }

  private static CapabilityChange change(ResultSet row) throws SQLException {
    return new CapabilityChange(
        Moments.instant(row, "changed_at"),
        row.getString("list"),
        row.getString("change"),
        row.getString("item"),
        row.getString("old_text"),
        row.getString("new_text"));
  }
}
