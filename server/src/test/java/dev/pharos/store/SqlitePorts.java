package dev.pharos.store;

import dev.pharos.capability.CapabilityStore;
import dev.pharos.event.EventJournal;
import dev.pharos.history.HistoryStore;
import dev.pharos.history.Retention;
import dev.pharos.registry.ServerStore;
import dev.pharos.settings.ConfigStore;
import dev.pharos.watch.CheckStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;

/** The stores of a data folder. */
record SqlitePorts(SqliteStores stores) implements Ports {
  static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  static SqlitePorts open(Path folder, InstantSource clock) {
    return new SqlitePorts(SqliteStores.open(folder, SecretBox.open(folder, KEY), clock));
  }

  @Override
  public CheckStore checks() {
    return stores.checks();
  }

  @Override
  public ServerStore servers() {
    return stores.servers();
  }

  @Override
  public EventJournal events() {
    return stores.events();
  }

  @Override
  public HistoryStore history() {
    return stores.history();
  }

  @Override
  public CapabilityStore capabilities() {
    return stores.capabilities();
  }

  @Override
  public ConfigStore config() {
    return stores.config();
  }

  @Override
  public Retention retention() {
    return stores.retention();
  }

  @Override
  public void close() {
    stores.close();
  }
}
