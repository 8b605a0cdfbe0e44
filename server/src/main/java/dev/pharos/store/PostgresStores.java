package dev.pharos.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pharos.capability.CapabilityStore;
import dev.pharos.event.EventJournal;
import dev.pharos.history.HistoryStore;
import dev.pharos.history.Retention;
import dev.pharos.registry.ServerStore;
import dev.pharos.settings.ConfigStore;
import dev.pharos.store.PostgresSource.Use;
import dev.pharos.watch.CheckStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All stores in one schema of a PostgreSQL database, which other nodes may use at the same time.
 * Thread-safe. A lost connection fails the call that meets it, and the next one is made anew.
 */
public final class PostgresStores implements Stores {
  private static final int READERS = 8;
  private static final Duration WAIT_FOR_READER = Duration.ofSeconds(5);

  private static final String SIZE =
      """
      SELECT COALESCE(SUM(pg_total_relation_size(oid)), 0) FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 't')
      """;

  private final @Nullable DataFolder folder;
  private final Database database;
  private final SqlStores stores;
  private final PostgresSharing sharing;
  private volatile long lastBytes;

  private PostgresStores(
      PostgresSource source,
      @Nullable DataFolder folder,
      Database database,
      PartitionedLog log,
      SecretBox box,
      @Nullable String node,
      InstantSource clock) {
    this.folder = folder;
    this.database = database;
    ServerRows rows = new ServerRows(box);
    Recollection recollection = new Recollection();
    this.stores = SqlStores.on(database, rows, recollection, new RowFence(node), log, clock);
    this.sharing = new PostgresSharing(source, database, box, rows, recollection, stores.servers());
  }

  /**
   * Opens the stores, creating or updating the schema.
   *
   * @throws StoreException when that cannot be done, with one sentence that says why
   */
  public static PostgresStores open(PostgresSettings settings, SecretBox box, InstantSource clock) {
    DataFolder folder = settings.folder() == null ? null : DataFolder.take(settings.folder());
    try {
      return open(settings, folder, box, clock);
    } catch (RuntimeException e) {
      if (folder != null) {
        folder.close();
      }
      throw e;
    }
  }

  private static PostgresStores open(
      PostgresSettings settings, @Nullable DataFolder folder, SecretBox box, InstantSource clock) {
    PostgresSource source = new PostgresSource(settings);
    PostgresDialect dialect = source.dialect();
    try {
      PostgresSchema.prepare(source.open(Use.MIGRATE, "pharos-migration"), dialect);
    } catch (SQLException e) {
      throw dialect.explain(e);
    }
    String name = "pharos-" + UUID.randomUUID();
    Database database =
        new Database(
            dialect,
            new PostgresWriter(source.open(Use.WRITE, name), dialect, name),
            readers(source));
    try {
      MigrationRow.refuseUnfinished(database, dialect);
      SecretCheck.passes(database, box);
      PartitionedLog log =
          new PartitionedLog(database, source.open(Use.DROP_DAYS, "pharos-retention"));
      log.makeAhead(clock.instant());
      return new PostgresStores(source, folder, database, log, box, settings.node(), clock);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static HikariDataSource readers(PostgresSource source) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("pharos-readers");
    pool.setDataSource(source.open(Use.READ, "pharos-reader"));
    pool.setMaximumPoolSize(READERS);
    // None is made without need: while the database is away nothing waits longer and longer.
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(WAIT_FOR_READER.toMillis());
    pool.setInitializationFailTimeout(-1);
    return new HikariDataSource(pool);
  }

  @Override
  public CheckStore checks() {
    return stores.checks();
  }

  @Override
  public ServerStore servers() {
    return stores.servers();
  }

  @Override
  public EventJournal events() {
    return stores.events();
  }

  @Override
  public HistoryStore history() {
    return stores.history();
  }

  @Override
  public CapabilityStore capabilities() {
    return stores.capabilities();
  }

  @Override
  public ConfigStore config() {
    return stores.config();
  }

  @Override
  public Retention retention() {
    return stores.retention();
  }

  @Override
  public Sharing sharing() {
    return sharing;
  }

  /** As it was last known, while the database is away. */
  @Override
  public long bytes() {
    try {
      lastBytes = database.read(handle -> handle.createQuery(SIZE).mapTo(Long.class).one());
    } catch (StoreException _) {
      // A figure is no reason to fail.
    }
    return lastBytes;
  }

  @Override
  public void close() {
    try (folder;
        database;
        sharing) {
      // Closed in the opposite order, each also when one before fails.
    }
  }
}
