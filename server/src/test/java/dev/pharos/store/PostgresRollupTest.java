package dev.pharos.store;

import java.nio.file.Path;
import java.time.InstantSource;

class PostgresRollupTest extends RollupContract {
  @Override
  Ports open(Path folder, InstantSource clock) {
    return PostgresPorts.open(folder, InstantSource.fixed(NOW_THERE));
  }
}
