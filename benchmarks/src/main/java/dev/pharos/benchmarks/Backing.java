package dev.pharos.benchmarks;

import dev.pharos.testing.monitor.ProcessTree;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** What the monitors of a run keep their knowledge in. Closing it ends what was started for it. */
interface Backing extends AutoCloseable {
  /** What tells a monitor to use it. */
  Map<String, String> environment();

  /** The processes beside the monitors whose work is part of a look's price, by their names. */
  Map<String, ProcessTree> processes();

  /** What the looks left in the database. */
  Growth growth() throws SQLException;

  @Override
  void close() throws IOException;

  /** A file in the data folder of the one monitor: no process but its own. */
  static Backing file(Path data) {
    return new Backing() {
      @Override
      public Map<String, String> environment() {
        return Map.of();
      }

      @Override
      public Map<String, ProcessTree> processes() {
        return Map.of();
      }

      @Override
      public Growth growth() throws SQLException {
        return Growth.ofSqlite(data.resolve("pharos.db"));
      }

      @Override
      public void close() {}
    };
  }
}
