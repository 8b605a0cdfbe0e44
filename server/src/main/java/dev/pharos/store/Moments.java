package dev.pharos.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Instants as microseconds since 1970; what is finer is dropped. */
final class Moments {
  private static final long SECOND = 1_000_000;
  private static final long FARTHEST = Long.MAX_VALUE / SECOND - 1;

  private Moments() {}

  /** The microseconds; an instant beyond all bounds becomes the farthest there is. */
  static long micros(Instant instant) {
    long second = Math.clamp(instant.getEpochSecond(), -FARTHEST, FARTHEST);
    return second * SECOND + instant.getNano() / 1_000;
  }

  static @Nullable Long microsOrNull(@Nullable Instant instant) {
    return instant == null ? null : micros(instant);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1_000);
  }

  /** The microseconds of a column that is never null, whichever type the database gives it. */
  static long micros(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(microsOrNull(row, column), column);
  }

  static @Nullable Long microsOrNull(ResultSet row, String column) throws SQLException {
    Object value = row.getObject(column);
    return switch (value) {
      case null -> null;
      case Number number -> number.longValue();
      case Timestamp stamp -> micros(stamp.toInstant());
      default -> throw new StoreException("a row of the database is damaged: " + column);
    };
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return instant(micros(row, column));
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    Long micros = microsOrNull(row, column);
    return micros == null ? null : instant(micros);
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  static Duration duration(long micros) {
    return Duration.ofNanos(micros * 1_000);
  }
}
