package dev.pharos.store;

import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Constants by their public names, which are their own in lower case. */
final class Names {
  private Names() {}

  static <E extends Enum<E>> E of(Class<E> type, String wire) {
    return Enum.valueOf(type, wire.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  static <E extends Enum<E>> @Nullable E ofOrNull(Class<E> type, @Nullable String wire) {
    return wire == null ? null : of(type, wire);
  }

  /** The name of a constant that has no public one of its own. */
  static String wire(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The failure in three columns, or null when there is none. */
  static @Nullable Failure failure(ResultSet row, String message) throws SQLException {
    String kind = row.getString("reason_kind");
    return kind == null
        ? null
        : new Failure(
            of(Stage.class, row.getString("reason_stage")),
            of(FailureKind.class, kind),
            row.getString(message));
  }
}
