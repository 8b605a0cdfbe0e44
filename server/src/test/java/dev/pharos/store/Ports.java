package dev.pharos.store;

import dev.pharos.capability.CapabilityStore;
import dev.pharos.event.EventJournal;
import dev.pharos.history.HistoryStore;
import dev.pharos.history.Retention;
import dev.pharos.registry.ServerStore;
import dev.pharos.settings.ConfigStore;
import dev.pharos.watch.CheckStore;

/** The stores of one database, whichever it is. */
interface Ports extends AutoCloseable {
  CheckStore checks();

  ServerStore servers();

  EventJournal events();

  HistoryStore history();

  CapabilityStore capabilities();

  ConfigStore config();

  Retention retention();

  @Override
  void close();
}
