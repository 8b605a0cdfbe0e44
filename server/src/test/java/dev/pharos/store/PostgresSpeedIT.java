package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerId;
import dev.pharos.registry.ServerStore;
import dev.pharos.testing.Fleets;
import dev.pharos.watch.CheckRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many results a second are written, with everything that makes them last. */
class PostgresSpeedIT {
  private static final int SERVERS = 5_000;
  private static final int BATCH = 500;
  private static final int ROUNDS = 8;

  @TempDir Path folder = Path.of("");

  @Test
  void batches_of_five_hundred() throws Exception {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        PostgresStores stores = open(server)) {
      List<ServerId> servers = register(stores);
      stores.sharing().owners().take("me", SERVERS, false);
      round(stores, servers, 0);
      long begun = System.nanoTime();
      for (int i = 1; i <= ROUNDS; i++) {
        round(stores, servers, i);
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      double speed = ROUNDS * SERVERS / seconds;
      System.out.printf(
          Locale.ROOT,
          "PostgreSQL, fsync on, batches of %d: %.0f results a second, %.1f ms a batch%n",
          BATCH,
          speed,
          1e3 * BATCH / speed);
      assertThat(speed).isGreaterThan(500);
    }
  }

  private PostgresStores open(EmbeddedPostgres server) {
    String url = server.getJdbcUrl("postgres", "postgres") + "&password=";
    return PostgresStores.open(
        new PostgresSettings(new Secret(url), null, null, "speed", "me", null),
        SecretBox.open(folder, SqlitePorts.KEY),
        InstantSource.fixed(Fleets.NOON));
  }

  private static List<ServerId> register(PostgresStores stores) {
    List<ServerStore.Draft> drafts = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      String name = "server-" + i;
      drafts.add(
          new ServerStore.Draft(
              Fleets.draft(Fleets.plain(name)),
              HealthMemory.fresh(Fleets.NOON),
              Fleets.changed(name, "created")));
    }
    return stores.servers().insert(drafts).stream()
        .map(each -> each.standing().server().id())
        .toList();
  }

  private static void round(PostgresStores stores, List<ServerId> servers, int round) {
    Instant at = Fleets.NOON.plusSeconds(10L * round);
    for (int i = 0; i < SERVERS; i += BATCH) {
      List<CheckRecord> batch =
          servers.subList(i, i + BATCH).stream().map(each -> StoreContract.good(each, at)).toList();
      stores.checks().write(batch);
    }
  }
}
