package dev.pharos.store;

import java.nio.file.Path;
import java.time.InstantSource;

class PostgresEventJournalTest extends EventJournalContract {
  @Override
  Ports open(Path folder, InstantSource clock) {
    return PostgresPorts.open(folder, clock);
  }
}
