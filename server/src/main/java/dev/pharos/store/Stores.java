package dev.pharos.store;

import dev.pharos.capability.CapabilityStore;
import dev.pharos.event.EventJournal;
import dev.pharos.history.HistoryStore;
import dev.pharos.history.Retention;
import dev.pharos.registry.ServerStore;
import dev.pharos.settings.ConfigStore;
import dev.pharos.watch.CheckStore;
import org.jspecify.annotations.Nullable;

/**
 * All stores of one database. Thread-safe. A write returns after its commit; what cannot be done is
 * told by a {@link StoreException}, and the next call may succeed.
 */
public sealed interface Stores extends AutoCloseable permits SqliteStores, PostgresStores {
  CheckStore checks();

  ServerStore servers();

  EventJournal events();

  HistoryStore history();

  CapabilityStore capabilities();

  ConfigStore config();

  Retention retention();

  /** What several processes on one database need; null where there can be only one. */
  @Nullable Sharing sharing();

  /** Size of the database with what belongs to it, in bytes. */
  long bytes();

  /** Waits for the transaction that runs, and gives back what was taken. */
  @Override
  void close();
}
