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
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * All stores on one SQLite file in a data folder that no other process uses meanwhile. Thread-safe.
 * A write returns after its commit: what it returned survives the end of the process by any means;
 * a power cut may take the last moments with it, never the order of what remains.
 */
public final class SqliteStores implements AutoCloseable {
  private static final int BUSY_MILLIS = 10_000;
  private static final int CACHE_KIB = 16 * 1024;
  private static final int READER_CACHE_KIB = 2 * 1024;
  private static final long MMAP_BYTES = 256L * 1024 * 1024;
  private static final int WAL_LIMIT_BYTES = 64 * 1024 * 1024;
  private static final int READERS = 4;

  private final DataFolder folder;
  private final Database database;
  private final SqlCheckStore checks;
  private final SqlServerStore servers;
  private final SqlEventJournal events;
  private final SqlHistoryStore history;
  private final SqlCapabilityStore capabilities;
  private final SqlConfigStore config;
  private final SqlRetention retention;

  private SqliteStores(DataFolder folder, Database database, SecretBox box, InstantSource clock) {
    this.folder = folder;
    this.database = database;
    ServerRows rows = new ServerRows(box);
    Recollection recollection = new Recollection();
    checks = new SqlCheckStore(database, rows, recollection);
    servers = new SqlServerStore(database, rows, recollection);
    events = new SqlEventJournal(database);
    history = new SqlHistoryStore(database, clock);
    capabilities = new SqlCapabilityStore(database);
    config = new SqlConfigStore(database);
    retention = new SqlRetention(database);
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

  public CheckStore checks() {
    return checks;
  }

  public ServerStore servers() {
    return servers;
  }

  public EventJournal events() {
    return events;
  }

  public HistoryStore history() {
    return history;
  }

  public CapabilityStore capabilities() {
    return capabilities;
  }

  public ConfigStore config() {
    return config;
  }

  public Retention retention() {
    return retention;
  }

  /** Size of the database with what is not yet merged into it, in bytes. */
  public long bytes() {
    return folder.databaseBytes();
  }

  /** Waits for the transaction that runs, and gives the folder back. */
  @Override
  public void close() {
    try (folder;
        database;
        checks) {
      // Closed in the opposite order, each also when one before fails.
    }
  }

  private static SqliteStores open(DataFolder folder, SecretBox box, InstantSource clock) {
    Path file = folder.database();
    Dialect dialect = new SqliteDialect(file);
    try {
      Schema.prepare(source(file, settings(CACHE_KIB)), dialect);
      Database database = new Database(dialect, writer(file), readers(file));
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
    settings.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, Long.toString(MMAP_BYTES));
    return settings;
  }
}
