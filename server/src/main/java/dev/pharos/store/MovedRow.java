package dev.pharos.store;

import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the rows of a table look that is moved, and which of their values are sealed. */
record MovedRow(MovedTable table, List<MovedColumn> columns) {
  private static final List<String> SEALED = List.of("auth_config", "env");

  /** The names of the columns, for a statement. */
  String names() {
    return String.join(", ", columns.stream().map(MovedColumn::name).toList());
  }

  /** Writes a row as {@code COPY … (FORMAT binary)} takes it. */
  void write(DataOutput out, @Nullable Object[] values) throws IOException {
    out.writeShort(columns.size());
    for (int i = 0; i < values.length; i++) {
      columns.get(i).write(out, values[i]);
    }
  }

  /** Puts what is sealed into the row in the clear: only to be compared. */
  void open(@Nullable Object[] values, SecretBox box) {
    change(values, (sealed, place) -> "opened " + box.open(sealed, place));
  }

  /** Seals anew what is sealed; what somebody wrote in the clear is adopted by the monitor. */
  void reseal(@Nullable Object[] values, SecretBox from, SecretBox to) {
    change(values, (sealed, place) -> to.seal(from.open(sealed, place), place));
  }

  private interface Change {
    String of(String sealed, String place);
  }

  private void change(@Nullable Object[] values, Change change) {
    if (!table.equals(MovedTable.SERVERS)) {
      return;
    }
    long id = (Long) Objects.requireNonNull(values[index("id")]);
    for (String each : SEALED) {
      int at = index(each);
      if (values[at] instanceof String text && SecretBox.isSealed(text)) {
        values[at] = change.of(text, ServerRows.place(each, id));
      }
    }
  }

  private int index(String column) {
    return columns.stream().map(MovedColumn::name).toList().indexOf(column);
  }
}
