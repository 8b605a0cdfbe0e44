package dev.pharos.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pharos.capability.CapabilityStore;
import dev.pharos.event.EventJournal;
import dev.pharos.history.HistoryStore;
import dev.pharos.history.Retention;
import dev.pharos.registry.ServerStore;
import dev.pharos.settings.ConfigStore;
import dev.pharos.watch.CheckStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * All stores on one SQLite file in a data folder that no other process uses meanwhile. Thread-safe.
 * A write returns after its commit: what it returned survives the end of the process by any means;
 * a power cut may take the last moments with it, never the order of what remains.
 */
public final class SqliteStores implements Stores {
  private static final int BUSY_MILLIS = 10_000;
  private static final int CACHE_KIB = 16 * 1024;
  private static final int READER_CACHE_KIB = 2 * 1024;
  private static final int WAL_LIMIT_BYTES = 64 * 1024 * 1024;
  private static final int READERS = 4;

  private final DataFolder folder;
  private final Database database;
  private final SqlStores stores;

  private SqliteStores(DataFolder folder, Database database, SecretBox box, InstantSource clock) {
    this.folder = folder;
    this.database = database;
    this.stores =
        SqlStores.on(
            database,
            new ServerRows(box),
            new Recollection(),
            new OpenFence(),
            new PlainLog(database),
            clock);
  }

  /**
   * Opens the stores, creating or updating the folder and its database.
   *
   * @throws StoreException when the folder cannot be used, with one sentence that says why
   */
  public static SqliteStores open(Path dataFolder, SecretBox box, InstantSource clock) {
    return open(dataFolder, () -> box, clock);
  }

  /**
   * The same with a box that is opened, and its key made where there is none, only once the folder
   * is ours: of two first starts one makes the key, and a folder that cannot be used is told as
   * that.
   */
  public static SqliteStores open(Path dataFolder, Supplier<SecretBox> box, InstantSource clock) {
    DataFolder folder = DataFolder.take(dataFolder);
    try {
      return open(folder, box.get(), clock);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
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
  public @Nullable Sharing sharing() {
    return null;
  }

  @Override
  public long bytes() {
    return folder.databaseBytes();
  }

  /** Waits for the transaction that runs, and gives the folder back. */
  @Override
  public void close() {
    try (folder;
        database) {
      // Closed in the opposite order, each also when one before fails.
    }
  }

  private static SqliteStores open(DataFolder folder, SecretBox box, InstantSource clock) {
    Path file = folder.database();
    Dialect dialect = new SqliteDialect(file);
    try {
      SqliteSchema.prepare(source(file, settings(CACHE_KIB)));
      Database database =
          new Database(dialect, new SqliteWriter(writer(file), dialect), readers(file));
      try {
        SecretCheck.passes(database, box);
        return new SqliteStores(folder, database, box, clock);
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (SQLException e) {
      throw dialect.explain(e);
    }
  }

  private static Connection writer(Path file) throws SQLException {
    return source(file, settings(CACHE_KIB)).getConnection();
  }

  private static HikariDataSource readers(Path file) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("pharos-readers");
    pool.setDataSource(source(file, settings(READER_CACHE_KIB)));
    pool.setConnectionInitSql("PRAGMA query_only = 1");
    pool.setMaximumPoolSize(READERS);
    pool.setMinimumIdle(1);
    return new HikariDataSource(pool);
  }

  private static SQLiteDataSource source(Path file, SQLiteConfig settings) {
    SQLiteDataSource source = new SQLiteDataSource(settings);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  private static SQLiteConfig settings(int cacheKib) {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    settings.setBusyTimeout(BUSY_MILLIS);
    settings.enforceForeignKeys(true);
    settings.setCacheSize(-cacheKib);
    settings.setJournalSizeLimit(WAL_LIMIT_BYTES);
    // Pages of the file that are mapped count as ours, a copy of them for each connection; and a
    // disk that fails ends the process.
    settings.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
    return settings;
  }
}
