package dev.pharos.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The embedded database of a data folder, opened only to be read. The folder is held meanwhile. */
final class MigrationSource implements AutoCloseable {
  private static final long DAY = 86_400_000_000L;

  /** What every use of the folder changes, in one text. */
  private static final String STATE =
      """
      SELECT COALESCE((SELECT group_concat(name || seq) FROM (SELECT * FROM sqlite_sequence ORDER BY name)), '')
        || (SELECT COUNT(*) || ' ' || COALESCE(MAX(updated_at), 0) || ' ' || TOTAL(version)
          || ' ' || COALESCE(MAX(last_health_check), 0) FROM mcp_servers)
        || (SELECT ' ' || COALESCE(MAX(checked_at), 0) FROM mcp_health_logs)
        || (SELECT ' ' || COALESCE(MIN(checked_at), 0) FROM mcp_health_logs)
        || (SELECT ' ' || COALESCE(MIN(id), 0) FROM events)
        || (SELECT ' ' || COUNT(*) || ' ' || COALESCE(MAX(updated_at), 0) FROM config)
      """;

  private final DataFolder folder;
  private final SqliteDialect dialect;
  private final Connection connection;
  private final SecretBox box;
  private final String word;

  private MigrationSource(DataFolder folder, Path path, @Nullable String key) throws SQLException {
    this.folder = folder;
    this.dialect = new SqliteDialect(folder.database());
    this.connection = reading(folder.database());
    try {
      refuseOther();
      this.word = text("SELECT COALESCE(MAX(sealed), '') FROM secret_check");
      this.box = fitting(path, key);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Opens a folder.
   *
   * @param key the configured one; null for that of the folder alone
   */
  static MigrationSource open(Path path, @Nullable String key) {
    if (!Files.isRegularFile(path.resolve("pharos.db"))) {
      throw new StoreException(
          "the data folder " + path + " has no embedded database (pharos.db): name another");
    }
    DataFolder folder = DataFolder.take(path);
    try {
      return new MigrationSource(folder, path, key);
    } catch (SQLException e) {
      folder.close();
      throw new SqliteDialect(path.resolve("pharos.db")).explain(e);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** What opens the folder's secrets. */
  SecretBox box() {
    return box;
  }

  /** The same for each copy of this folder, and for no other folder. */
  String identity() {
    return hash(word);
  }

  /** Another after each use of the folder. */
  String state() {
    return ask(() -> hash(text(STATE)));
  }

  long count(MovedTable table) {
    return ask(() -> number("SELECT COUNT(*) FROM " + table.name()));
  }

  /** The highest number that was ever given, or 0. */
  long highest(String table) {
    return ask(() ->
        number("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = '" + table + "'"));
  }

  /** The days (in UTC) of which there are looks. */
  List<LocalDate> days() {
    return ask(() -> {
      List<LocalDate> days = new ArrayList<>();
      long from = Long.MIN_VALUE;
      while (number(
              "SELECT COUNT(*) FROM (SELECT 1 FROM mcp_health_logs WHERE checked_at >= "
                  + from
                  + " LIMIT 1)")
          > 0) {
        long at = number("SELECT MIN(checked_at) FROM mcp_health_logs WHERE checked_at >= " + from);
        days.add(LocalDate.ofInstant(Moments.instant(at), ZoneOffset.UTC));
        from = (Math.floorDiv(at, DAY) + 1) * DAY;
      }
      return days;
    });
  }

  /** Gives the rows of a table in the order of their key, but for the first few. */
  void read(MovedRow shape, long skip, Consumer<@Nullable Object[]> taker) {
    String sql =
        "SELECT %s FROM %s ORDER BY %s LIMIT -1 OFFSET %d"
            .formatted(shape.names(), shape.table().name(), shape.table().key(), skip);
    ask(() -> {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = shape.columns().get(i).fromSqlite(row, i + 1);
          }
          taker.accept(values);
        }
        return true;
      }
    });
  }

  @Override
  public void close() {
    try (folder) {
      connection.close();
    } catch (SQLException e) {
      throw dialect.explain(e);
    }
  }

  private void refuseOther() throws SQLException {
    long version = number("PRAGMA user_version");
    if (version > SqliteSchema.NEWEST) {
      throw new StoreException("the data folder was written by a newer Pharos: update this one");
    }
    if (version < SqliteSchema.NEWEST) {
      throw new StoreException(
          "the data folder was written by an older Pharos: run ./pharos up on it once");
    }
  }

  /** The folder's own key, or the configured one: whichever opens the word. */
  private SecretBox fitting(Path path, @Nullable String key) {
    if (word.isEmpty()) {
      throw new StoreException("the data folder holds nothing yet: there is nothing to move");
    }
    if (key != null) {
      SecretBox configured = SecretBox.open(path, key);
      if (SecretCheck.fits(word, configured)) {
        return configured;
      }
    }
    SecretBox own = SecretBox.existing(path);
    if (!SecretCheck.fits(word, own)) {
      throw new StoreException(
          "the secrets of the data folder were sealed with another key: give it in"
              + " PHAROS_SECRET_KEY");
    }
    return own;
  }

  private interface Asking<T> {
    T ask() throws SQLException;
  }

  private <T> T ask(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (SQLException e) {
      throw dialect.explain(e);
    }
  }

  private String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      String text = row.next() ? row.getString(1) : null;
      return text == null ? "" : text;
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(RowSum.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Nothing is written; without a log of writes not even the files beside the database. */
  private static Connection reading(Path file) throws SQLException {
    boolean whole = file.resolveSibling("pharos.db-wal").toFile().length() == 0;
    SQLiteConfig settings = new SQLiteConfig();
    settings.setReadOnly(true);
    SQLiteDataSource source = new SQLiteDataSource(settings);
    source.setUrl(
        "jdbc:sqlite:file:"
            + file.toAbsolutePath().toUri().getRawPath()
            + (whole ? "?mode=ro&immutable=1" : "?mode=ro"));
    return source.getConnection();
  }
}
