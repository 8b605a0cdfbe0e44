package dev.pharos.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instant as a value for a statement: each database has its own type for it.
 *
 * @param micros since 1970, in UTC
 */
record Moment(long micros) {
  static Moment of(Instant instant) {
    return new Moment(Moments.micros(instant));
  }

  static @Nullable Moment orNull(@Nullable Long micros) {
    return micros == null ? null : new Moment(micros);
  }
}
