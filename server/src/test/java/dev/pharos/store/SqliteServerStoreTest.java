package dev.pharos.store;

import java.nio.file.Path;
import java.time.InstantSource;

class SqliteServerStoreTest extends ServerStoreContract {
  @Override
  Ports open(Path folder, InstantSource clock) {
    return SqlitePorts.open(folder, clock);
  }

  @Override
  long counted(String table) {
    return RawDatabase.number(folder, "SELECT COUNT(*) FROM " + table);
  }
}
