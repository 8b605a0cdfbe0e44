package dev.pharos.store;

import dev.pharos.testing.Postgres;
import java.nio.file.Path;
import java.time.InstantSource;

class PostgresServerStoreTest extends ServerStoreContract {
  @Override
  Ports open(Path folder, InstantSource clock) {
    return PostgresPorts.open(folder, clock);
  }

  @Override
  long counted(String table) {
    return Long.parseLong(
        Postgres.ask("SELECT COUNT(*) FROM " + PostgresPorts.SCHEMA + "." + table));
  }
}
