package dev.pharos.store;

import java.nio.file.Path;
import java.time.InstantSource;

class SqliteRetentionTest extends RetentionContract {
  @Override
  Ports open(Path folder, InstantSource clock) {
    return SqlitePorts.open(folder, clock);
  }
}
