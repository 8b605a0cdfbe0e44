package dev.pharos.store;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.registry.ServerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Definitions of servers in {@code mcp_servers}. */
final class SqlServerStore implements ServerStore {
  private final Database database;
  private final ServerRows rows;
  private final Recollection recollection;
  private final @Nullable RememberedRows remembered;
  private final LogChain chain;
  private final Rollups rollups;

  SqlServerStore(Database database, ServerRows rows, Recollection recollection) {
    this.database = database;
    this.rows = rows;
    this.recollection = recollection;
    String stamp = database.dialect().rowStamp();
    this.remembered = stamp == null ? null : new RememberedRows(rows, stamp);
    this.chain = new LogChain(database.dialect());
    this.rollups = new Rollups(database.dialect());
  }

  @Override
  public List<Standing> all() {
    RememberedRows known = remembered;
    return known == null ? database.read(rows::all) : database.read(known::all);
  }

  @Override
  public Optional<Standing> byName(String name) {
    return database.read(handle -> rows.byName(handle, name));
  }

  @Override
  public List<Written> write(List<Edit> edits, List<Draft> drafts) {
    List<FleetEvent> causes =
        Stream.concat(edits.stream().map(Edit::event), drafts.stream().map(Draft::event)).toList();
    ServerWrites writes = new ServerWrites(rows, database.dialect());
    return database.write(handle -> {
      List<Standing> standings = new ArrayList<>(writes.update(handle, edits));
      standings.addAll(writes.insert(handle, drafts));
      // Events last: whoever holds the journal waits for no row.
      List<StoredEvent> events = EventLog.append(handle, causes);
      return IntStream.range(0, events.size())
          .mapToObj(i -> new Written(standings.get(i), events.get(i)))
          .toList();
    });
  }

  @Override
  public Optional<StoredEvent> delete(ServerId id, FleetEvent event) {
    return database.write(
        handle -> {
          hold(handle, id.value());
          // The log first: its chain begins at the row.
          chain.delete(handle, id.value());
          rollups.delete(handle, id.value());
          int gone =
              handle
                  .createUpdate("DELETE FROM mcp_servers WHERE id = :id")
                  .bind("id", id.value())
                  .execute();
          return gone == 0 ? Optional.empty() : Optional.of(EventLog.append(handle, event));
        },
        () -> recollection.forget(id.value()));
  }

  /**
   * Seals secrets that somebody wrote in the clear; those that cannot be read stay as they are.
   *
   * @return of which servers
   */
  List<ServerId> adopt() {
    if (!database.read(rows::anyUnsealed)) {
      return List.of();
    }
    String lock = database.dialect().forUpdate();
    return database.write(
        handle -> rows.sealAll(handle, lock).stream().map(ServerId::new).toList());
  }

  /** Waits for who writes the row now, and keeps it from all others. */
  private void hold(Handle handle, long id) {
    handle
        .createQuery("SELECT id FROM mcp_servers WHERE id = :id" + database.dialect().forUpdate())
        .bind("id", id)
        .mapTo(Long.class)
        .findOne();
  }
}
