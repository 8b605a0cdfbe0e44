package dev.pharos.store;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.registry.NameTaken;
import dev.pharos.registry.ServerStore;
import dev.pharos.registry.StaleVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
  public List<Written> insert(List<Draft> drafts) {
    NewServers news = new NewServers(rows, database.dialect());
    return database.write(handle -> {
      // Events last: whoever holds the journal waits for no row.
      List<Standing> made = news.insert(handle, drafts);
      List<StoredEvent> events =
          EventLog.append(handle, drafts.stream().map(Draft::event).toList());
      List<Written> written = new ArrayList<>(made.size());
      for (int i = 0; i < made.size(); i++) {
        written.add(new Written(made.get(i), events.get(i)));
      }
      return List.copyOf(written);
    });
  }

  @Override
  public Written update(Server edited, Instant now, FleetEvent event) {
    return database.write(handle -> {
      long id = edited.id().value();
      hold(handle, id);
      refuseStale(handle, edited);
      refuseTaken(handle, edited.spec().name(), id);
      Map<String, @Nullable Object> row = ServerColumns.definition(edited);
      row.put("updated_at", Moment.of(now));
      row.put("version", edited.version() + 1);
      update(handle, id, row);
      rows.seal(handle, id, edited.spec());
      return new Written(rows.byId(handle, id), EventLog.append(handle, event));
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

  private static void update(Handle handle, long id, Map<String, @Nullable Object> row) {
    String columns =
        row.keySet().stream().map(each -> each + " = :" + each).collect(Collectors.joining(", "));
    handle
        .createUpdate("UPDATE mcp_servers SET %s WHERE id = :id".formatted(columns))
        .bindMap(row)
        .bind("id", id)
        .execute();
  }

  private static void refuseTaken(Handle handle, String name, long except) {
    if (handle
        .createQuery("SELECT id FROM mcp_servers WHERE name = :name AND id <> :id")
        .bind("name", name)
        .bind("id", except)
        .mapTo(Long.class)
        .findOne()
        .isPresent()) {
      throw new NameTaken(name);
    }
  }

  private static void refuseStale(Handle handle, Server edited) {
    long stored =
        handle
            .createQuery("SELECT version FROM mcp_servers WHERE id = :id")
            .bind("id", edited.id().value())
            .mapTo(Long.class)
            .findOne()
            .orElse(0L);
    if (stored != edited.version()) {
      throw new StaleVersion(edited.spec().name(), stored);
    }
  }
}
