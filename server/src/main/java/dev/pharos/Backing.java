package dev.pharos;

import dev.pharos.config.Configuration;
import dev.pharos.fleet.Secret;
import dev.pharos.store.PostgresSettings;
import dev.pharos.store.PostgresStores;
import dev.pharos.store.SecretBox;
import dev.pharos.store.SqliteStores;
import dev.pharos.store.Stores;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens the stores that a configuration names. */
final class Backing {
  private Backing() {}

  /**
   * @param node the process among those that share the database; null when it looks at nothing
   */
  static Stores open(Configuration configuration, @Nullable String node, InstantSource clock) {
    Supplier<SecretBox> box = () -> SecretBox.open(configuration.data(), key(configuration));
    Secret url = configuration.databaseUrl();
    return url == null
        ? SqliteStores.open(configuration.data(), box, clock)
        : PostgresStores.open(
            new PostgresSettings(
                url, null, null, configuration.databaseSchema(), node, configuration.data()),
            box.get(),
            clock);
  }

  /** The shared database beside a monitor that may run on the folder; nothing is looked at. */
  static Stores beside(Configuration configuration, InstantSource clock) {
    return PostgresStores.open(
        target(configuration), SecretBox.open(configuration.data(), key(configuration)), clock);
  }

  /** Where a data folder is moved to; the folder itself is held by who moves it. */
  static PostgresSettings target(Configuration configuration) {
    return new PostgresSettings(
        Objects.requireNonNull(configuration.databaseUrl()), configuration.databaseSchema());
  }

  /** The configured key, or null for that of the data folder. */
  static @Nullable String key(Configuration configuration) {
    Secret key = configuration.secretKey();
    return key == null ? null : key.reveal();
  }
}
