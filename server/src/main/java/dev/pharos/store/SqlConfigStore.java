package dev.pharos.store;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.settings.ConfigStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fleet's settings in {@code config}. */
final class SqlConfigStore implements ConfigStore {
  private static final String PUT =
      """
      INSERT INTO config (key, value, updated_at) VALUES (:key, :value, :at)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
      """;

  private final Database database;

  SqlConfigStore(Database database) {
    this.database = database;
  }

  @Override
  public Map<String, String> all() {
    Map<String, String> values = new TreeMap<>();
    database.read(handle -> {
      handle
          .createQuery("SELECT key, value FROM config")
          .map((row, _) -> Map.entry(row.getString("key"), row.getString("value")))
          .forEach(each -> values.put(each.getKey(), each.getValue()));
      return values;
    });
    return values;
  }

  @Override
  public Optional<String> get(String key) {
    return database.read(handle ->
        handle
            .createQuery("SELECT value FROM config WHERE key = :key")
            .bind("key", key)
            .mapTo(String.class)
            .findOne());
  }

  @Override
  public StoredEvent put(String key, String json, FleetEvent event) {
    return database.write(handle -> {
      handle
          .createUpdate(PUT)
          .bind("key", key)
          .bind("value", json)
          .bind("at", Moment.of(event.at()))
          .execute();
      return EventLog.append(handle, event);
    });
  }
}
