package dev.pharos.settings;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.util.Map;

/** Where settings are kept: a group's name and a JSON object. Thread-safe. */
public interface ConfigStore {
  /** All groups that were ever written. */
  Map<String, String> all();

  /** Writes a group, in one transaction with its event. */
  StoredEvent put(String key, String json, FleetEvent event);
}
