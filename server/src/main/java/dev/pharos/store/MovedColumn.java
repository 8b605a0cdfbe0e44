package dev.pharos.store;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table that is moved. Its values are, whichever database they come from: {@code
 * Long}, {@code Double}, {@code Boolean}, {@code String} or null.
 */
record MovedColumn(String name, Type type) {
  /** What PostgreSQL keeps in it. */
  enum Type {
    INT8,
    INT4,
    FLOAT8,
    BOOL,
    TIMESTAMPTZ,
    TEXT
  }

  /** What PostgreSQL counts its microseconds from: the begin of 2000. */
  private static final long EPOCH = 946_684_800_000_000L;

  @Nullable Object fromSqlite(ResultSet row, int index) throws SQLException {
    Object value =
        switch (type) {
          case INT8, INT4 -> row.getLong(index);
          case FLOAT8 -> row.getDouble(index);
          case BOOL -> row.getLong(index) != 0;
          case TIMESTAMPTZ -> bounded(row.getLong(index));
          case TEXT -> storable(row.getString(index));
        };
    return row.wasNull() ? null : value;
  }

  @Nullable Object fromPostgres(ResultSet row, int index) throws SQLException {
    Object value =
        switch (type) {
          case INT8, INT4 -> row.getLong(index);
          case FLOAT8 -> row.getDouble(index);
          case BOOL -> row.getBoolean(index);
          case TIMESTAMPTZ -> micros(row.getObject(index, OffsetDateTime.class));
          case TEXT -> row.getString(index);
        };
    return row.wasNull() ? null : value;
  }

  /**
   * Writes a value as {@code COPY … (FORMAT binary)} takes it.
   *
   * @see <a href="https://www.postgresql.org/docs/18/sql-copy.html">Binary Format</a>
   */
  void write(DataOutput out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeInt(-1);
      case Boolean flag -> {
        out.writeInt(1);
        out.writeByte(flag ? 1 : 0);
      }
      case Double number -> {
        out.writeInt(Double.BYTES);
        out.writeDouble(number);
      }
      case Long number when type == Type.INT4 -> {
        out.writeInt(Integer.BYTES);
        out.writeInt(Math.toIntExact(number));
      }
      case Long number -> {
        out.writeInt(Long.BYTES);
        out.writeLong(type == Type.TIMESTAMPTZ ? sinceEpoch(number) : number);
      }
      default -> {
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
    }
  }

  /** Beyond what a column holds stands infinity, as the stores write it. */
  private static long bounded(long micros) {
    if (micros < PostgresDialect.EARLIEST) {
      return Long.MIN_VALUE;
    }
    return micros > PostgresDialect.LATEST ? Long.MAX_VALUE : micros;
  }

  private static long sinceEpoch(long micros) {
    return micros == Long.MIN_VALUE || micros == Long.MAX_VALUE ? micros : micros - EPOCH;
  }

  private static @Nullable Long micros(@Nullable OffsetDateTime at) {
    if (at == null) {
      return null;
    }
    if (at.equals(OffsetDateTime.MIN)) {
      return Long.MIN_VALUE;
    }
    return at.equals(OffsetDateTime.MAX)
        ? Long.MAX_VALUE
        : Long.valueOf(Moments.micros(at.toInstant()));
  }

  /** As the stores write it: PostgreSQL has no place for the character of number zero. */
  private static @Nullable String storable(@Nullable String text) {
    return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }
}
