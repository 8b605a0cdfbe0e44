package dev.pharos.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Appends rows to a table, many with one {@code COPY}, each of which is committed together with the
 * number of rows that were taken by then.
 */
final class CopiedRows implements AutoCloseable {
  private static final byte[] HEADER =
      "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final int CHUNK = 64 * 1024;
  private static final long BYTES_AT_ONCE = 16L * 1024 * 1024;

  private final PGConnection postgres;
  private final Connection connection;
  private final PostgresDialect dialect;
  private final MovedRow shape;
  private final int rowsAtOnce;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * CHUNK);
  private final DataOutputStream out = new DataOutputStream(bytes);
  private @Nullable CopyIn running;
  private long taken;
  private int rows;
  private long sent;

  CopiedRows(
      PGConnection postgres,
      Connection connection,
      PostgresDialect dialect,
      MovedRow shape,
      long taken,
      int rowsAtOnce) {
    this.postgres = postgres;
    this.connection = connection;
    this.dialect = dialect;
    this.shape = shape;
    this.taken = taken;
    this.rowsAtOnce = rowsAtOnce;
  }

  /**
   * Adds a row.
   *
   * @return how many rows are taken for good
   */
  long add(@Nullable Object[] values) {
    try {
      shape.write(out, values);
      rows++;
      if (bytes.size() >= CHUNK) {
        send();
      }
      if (rows >= rowsAtOnce || sent >= BYTES_AT_ONCE) {
        commit();
      }
      return taken;
    } catch (SQLException e) {
      throw dialect.explain(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not of memory
    }
  }

  /** Commits what was added. */
  void flush() {
    try {
      if (rows > 0) {
        commit();
      }
    } catch (SQLException e) {
      throw dialect.explain(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not of memory
    }
  }

  private void send() throws SQLException {
    CopyIn open = running;
    if (open == null) {
      open =
          postgres
              .getCopyAPI()
              .copyIn(
                  "COPY %s (%s) FROM STDIN (FORMAT binary)"
                      .formatted(shape.table().name(), shape.names()));
      running = open;
      open.writeToCopy(HEADER, 0, HEADER.length);
    }
    open.writeToCopy(bytes.toByteArray(), 0, bytes.size());
    sent += bytes.size();
    bytes.reset();
  }

  private void commit() throws SQLException, IOException {
    out.writeShort(-1);
    send();
    if (running != null) {
      running.endCopy();
      running = null;
    }
    try (PreparedStatement note =
        connection.prepareStatement("UPDATE migration_tables SET taken = ? WHERE name = ?")) {
      note.setLong(1, taken + rows);
      note.setString(2, shape.table().name());
      note.executeUpdate();
    }
    connection.commit();
    taken += rows;
    rows = 0;
    sent = 0;
  }

  /** Drops what was not committed. */
  @Override
  public void close() {
    if (running != null && running.isActive()) {
      try {
        running.cancelCopy();
      } catch (SQLException _) {
        // The connection is lost, and with it the rows.
      }
    }
  }
}
