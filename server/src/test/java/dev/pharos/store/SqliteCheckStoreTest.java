package dev.pharos.store;

import java.nio.file.Path;
import java.time.InstantSource;

class SqliteCheckStoreTest extends CheckStoreContract {
  @Override
  Ports open(Path folder, InstantSource clock) {
    return SqlitePorts.open(folder, clock);
  }
}
