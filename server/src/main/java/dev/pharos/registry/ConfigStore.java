package dev.pharos.registry;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.util.Map;
import java.util.Optional;

/**
 * Where the fleet's settings are kept that people edit while the monitor runs: a JSON value for
 * each key ({@code health_check}, {@code circuit_breaker}, {@code retention}, …). Knows nothing of
 * what they mean: who reads a value checks it. Thread-safe.
 */
public interface ConfigStore {
  /** All values by key. */
  Map<String, String> all();

  /** The value of a key, or empty when it was never set. */
  Optional<String> get(String key);

  /** Sets a value together with the event that tells of it, in one transaction. */
  StoredEvent put(String key, String json, FleetEvent event);
}
