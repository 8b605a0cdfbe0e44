package dev.pharos.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Instants as the microseconds since 1970 that the tables hold; what is finer is dropped. */
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

  static Instant instant(ResultSet row, String column) throws SQLException {
    return instant(row.getLong(column));
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : instant(micros);
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  static Duration duration(long micros) {
    return Duration.ofNanos(micros * 1_000);
  }
}
