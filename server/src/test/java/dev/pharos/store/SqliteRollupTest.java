package dev.pharos.store;

import java.nio.file.Path;
import java.time.InstantSource;

class SqliteRollupTest extends RollupContract {
  @Override
  Ports open(Path folder, InstantSource clock) {
    return SqlitePorts.open(folder, InstantSource.fixed(NOW_THERE));
  }
}
