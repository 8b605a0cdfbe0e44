package dev.pharos.store;

import dev.pharos.store.RowSum.Value;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Moves an embedded installation with all its history into a schema of PostgreSQL. The data folder
 * is only read. What was copied is noted with the rows themselves, so that a run that was cut off
 * at any moment is taken up by the next; at the end every table is read back from both and
 * compared.
 */
public final class Migration {
  private static final int ROWS_AT_ONCE = 20_000;

  /** Told often enough for a person, seldom enough for a fast disk. */
  private static final int TELL = 10_000;

  /**
   * What was moved.
   *
   * @param before whether a run before had done it all
   */
  public record Moved(boolean before, long servers, long rows) {}

  private final MigrationSource source;
  private final MigrationTarget target;
  private final SecretBox box;
  private final MigrationProgress progress;
  private final int rowsAtOnce;

  private Migration(
      MigrationSource source,
      MigrationTarget target,
      SecretBox box,
      MigrationProgress progress,
      int rowsAtOnce) {
    this.source = source;
    this.target = target;
    this.box = box;
    this.progress = progress;
    this.rowsAtOnce = rowsAtOnce;
  }

  /**
   * Moves everything, or what a run before has left; blocks until it is done.
   *
   * @param key the configured key: secrets are sealed with it, and with the folder's own when null
   * @throws StoreException when that cannot be done, with one sentence that says why; {@link
   *     FolderInUseException} while a monitor runs on the folder
   */
  public static Moved run(
      Path folder, PostgresSettings to, @Nullable String key, MigrationProgress progress) {
    return run(folder, to, key, progress, ROWS_AT_ONCE);
  }

  static Moved run(
      Path folder,
      PostgresSettings to,
      @Nullable String key,
      MigrationProgress progress,
      int rowsAtOnce) {
    try (MigrationSource source = MigrationSource.open(folder, key)) {
      SecretBox box = key == null ? source.box() : SecretBox.open(folder, key);
      try (MigrationTarget target = MigrationTarget.open(to, box, source.identity())) {
        return new Migration(source, target, box, progress, rowsAtOnce).run();
      }
    }
  }

  private Moved run() {
    boolean before = !target.begin(source.state());
    if (!before) {
      target.makeDays(source.days());
      MovedTable.ALL.forEach(this::copy);
      MovedTable.ALL.forEach(this::compare);
      target.analyze();
      target.finish(source::highest);
    }
    long rows = MovedTable.ALL.stream().mapToLong(source::count).sum();
    return new Moved(before, source.count(MovedTable.SERVERS), rows);
  }

  private void copy(MovedTable table) {
    MovedRow shape = target.shape(table);
    long before = target.taken(table);
    progress.began(table.name(), false, before, source.count(table));
    long[] told = {before};
    try (CopiedRows copy = target.copy(shape, before, rowsAtOnce)) {
      source.read(
          shape,
          before,
          row -> {
            shape.reseal(row, source.box(), box);
            long taken = copy.add(row);
            if (taken > told[0]) {
              told[0] = taken;
              progress.advanced(taken);
            }
          });
      copy.flush();
    }
    progress.ended();
  }

  private void compare(MovedTable table) {
    MovedRow shape = target.shape(table);
    long rows = source.count(table);
    progress.began(table.name(), true, 0, 2 * rows);
    RowSum there = new RowSum(shape);
    source.read(shape, 0, row -> add(there, shape, row, source.box(), 0));
    RowSum here = new RowSum(shape);
    target.read(shape, row -> add(here, shape, row, box, rows));
    if (!here.value().equals(there.value())) {
      target.doubt();
      throw differing(table, there.value(), here.value());
    }
    progress.ended();
  }

  private void add(RowSum sum, MovedRow shape, @Nullable Object[] row, SecretBox with, long done) {
    shape.open(row, with);
    sum.add(row);
    long rows = sum.value().rows();
    if (rows % TELL == 0) {
      progress.advanced(done + rows);
    }
  }

  private static StoreException differing(MovedTable table, Value there, Value here) {
    return new StoreException(
        "the table %s is not as in the data folder (%d rows, there %d): run this again, it begins anew"
            .formatted(table.name(), here.rows(), there.rows()));
  }
}
