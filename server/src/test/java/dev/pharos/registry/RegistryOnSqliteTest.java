package dev.pharos.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.definition.FleetFile;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import dev.pharos.store.SecretBox;
import dev.pharos.store.SqliteStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry over the store that it has in life. */
class RegistryOnSqliteTest {
  @TempDir private Path folder;
  private final RegistryFixture f = new RegistryFixture();

  @Test
  void a_fleet_survives_a_restart_and_its_export_changes_nothing() {
    long seed = new Random().nextLong();
    System.out.println("seed of the random fleet: " + seed);
    RandomFleet random = new RandomFleet(new Random(seed));
    Map<String, Server> added = new HashMap<>();
    try (SqliteStores stores = open()) {
      for (int i = 0; i < 60; i++) {
        Standing standing = f.on(stores.servers()).add(random.document("s" + i), "tester");
        added.put(standing.server().spec().name(), standing.server());
      }
      assertThat(stores.events().newest()).isEqualTo(f.published.getLast().id());
    }

    try (SqliteStores stores = open()) {
      Registry registry = f.on(stores.servers());
      assertThat(stores.servers().all())
          .as("seed %d", seed)
          .allSatisfy(standing ->
              assertThat(standing.server()).isEqualTo(added.get(standing.server().spec().name())));
      ImportPlan plan = registry.plan(FleetFile.parseForeign(registry.export()));
      assertThat(plan.problems()).as("seed %d", seed).isEmpty();
      assertThat(plan.unchanged()).as("seed %d", seed).hasSize(60);
    }
  }

  @Test
  void versions_names_and_removal_are_as_in_memory() {
    try (SqliteStores stores = open()) {
      Registry registry = f.on(stores.servers());
      registry.add(RegistryFixture.document("{name: a, url: 'http://h/'}"), "t");
      registry.edit("a", RegistryFixture.document("{description: x, version: 1}"), "t");

      assertThat(
              catchThrowableOfType(
                      Rejected.class,
                      () ->
                          registry.edit(
                              "a", RegistryFixture.document("{description: y, version: 1}"), "t"))
                  .reason())
          .isEqualTo(Rejected.Reason.STALE);
      registry.reconcile(
          RegistryFixture.file("servers: [{name: b, url: 'http://h/'}]"), "pharos.yaml");
      registry.reconcile(RegistryFixture.file("servers: []"), "pharos.yaml");
      registry.remove("a", "t");
      assertThat(stores.servers().all()).isEmpty();
      assertThat(f.published).extracting(event -> event.id()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
  }

  private SqliteStores open() {
    return SqliteStores.open(
        folder, SecretBox.open(folder, null), InstantSource.fixed(RegistryFixture.NOW));
  }
}
