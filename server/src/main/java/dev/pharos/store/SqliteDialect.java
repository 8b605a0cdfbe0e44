package dev.pharos.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite in a file.
 *
 * @param file the database: its disk is asked for room
 */
record SqliteDialect(Path file) implements Dialect {
  /** SQLite cannot always tell a full disk from a broken one: below this it is called full. */
  private static final long NO_ROOM = 256 * 1024;

  private static final int PRIMARY = 0xff;

  @Override
  public String least(String a, String b) {
    return "MIN(" + a + ", " + b + ")";
  }

  @Override
  public String greatest(String a, String b) {
    return "MAX(" + a + ", " + b + ")";
  }

  @Override
  public String forUpdate() {
    return ""; // One writes, and for nobody else is anything kept.
  }

  @Override
  public @Nullable String rowStamp() {
    return null;
  }

  /** Nobody else is given any before the transaction ends; a row with its number moves the last. */
  @Override
  public String newServerIds() {
    return """
    WITH RECURSIVE numbers (id) AS (
      SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'mcp_servers'), 0) + 1
      UNION ALL
      SELECT id + 1 FROM numbers LIMIT :count
    )
    SELECT id FROM numbers
    """;
  }

  @Override
  public String logOfChain() {
    // CROSS: the join follows the chain.
    return "CROSS JOIN mcp_health_logs l ON l.checked_at = c.at AND l.server_id = c.server_id";
  }

  @Override
  public String buckets() {
    return """
    WITH RECURSIVE buckets (at) AS (
      SELECT :first
      UNION ALL
      SELECT at + :step FROM buckets WHERE at + :step < :end
    )
    SELECT at FROM buckets
    """;
  }

  @Override
  public void setMoment(PreparedStatement statement, int index, @Nullable Long micros)
      throws SQLException {
    statement.setObject(index, micros);
  }

  @Override
  public void setText(PreparedStatement statement, int index, @Nullable String text)
      throws SQLException {
    statement.setString(index, text);
  }

  @Override
  public boolean lostConnection(SQLException e) {
    return false;
  }

  @Override
  public boolean worthAnotherTry(SQLException e) {
    return false;
  }

  @Override
  public StoreException explain(SQLException e) {
    int code = e.getErrorCode() & PRIMARY;
    if (is(code, SQLiteErrorCode.SQLITE_FULL)
        || (is(code, SQLiteErrorCode.SQLITE_IOERR, SQLiteErrorCode.SQLITE_CANTOPEN) && noRoom())) {
      return new StoreFullException(e);
    }
    if (is(code, SQLiteErrorCode.SQLITE_NOTADB, SQLiteErrorCode.SQLITE_CORRUPT)) {
      return new StoreException(
          "the database " + file + " is damaged: put back a copy, or move it away to start anew",
          e);
    }
    if (is(code, SQLiteErrorCode.SQLITE_READONLY, SQLiteErrorCode.SQLITE_CANTOPEN)) {
      return new StoreException("the database " + file + " cannot be written to", e);
    }
    if (is(code, SQLiteErrorCode.SQLITE_IOERR)) {
      return new StoreException("the disk of the database " + file + " fails", e);
    }
    if (is(code, SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_LOCKED)) {
      return new StoreException("the database " + file + " is held by another program", e);
    }
    return new StoreException("the database " + file + " refused what was asked", e);
  }

  private boolean noRoom() {
    try {
      return Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() < NO_ROOM;
    } catch (IOException | SecurityException e) {
      return false;
    }
  }

  private static boolean is(int code, SQLiteErrorCode... codes) {
    return Set.of(codes).stream().anyMatch(each -> each.code == code);
  }
}
