package dev.pharos.event;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.store.SecretBox;
import dev.pharos.store.SqliteStores;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The bus over a journal as it is: with ids that the database gives. */
class JournalBusOnSqliteTest extends EventBusContract {
  @TempDir Path folder = Path.of("");

  private @Nullable SqliteStores stores;
  private @Nullable JournalBus bus;

  @BeforeEach
  void open() {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    stores =
        SqliteStores.open(folder, SecretBox.open(folder, key), InstantSource.fixed(Instant.EPOCH));
    bus = new JournalBus(stores.events());
  }

  @AfterEach
  void close() {
    Objects.requireNonNull(stores).close();
  }

  @Override
  EventBus bus() {
    return Objects.requireNonNull(bus);
  }

  @Override
  StoredEvent store(FleetEvent event) {
    return Objects.requireNonNull(stores).checks().note(event);
  }
}
