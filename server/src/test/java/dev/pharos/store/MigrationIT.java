package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.event.EventJournal.Filter;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Postgres;
import dev.pharos.testing.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder moves to PostgreSQL: whole, however often that is interrupted, or not at all. */
class MigrationIT {
  private static final InstantSource CLOCK = InstantSource.fixed(Fleets.NOON);
  private static final String OTHER_KEY = Base64.getEncoder().encodeToString(new byte[32]);
  private static final int AT_ONCE = 61;

  @TempDir Path temp = Path.of("");

  private final long seed = Seed.of(MigrationIT.class);
  private final SplittableRandom random = new SplittableRandom(seed);
  private final String schema = Postgres.newSchema();
  private Path folder = Path.of("");

  /** Does nothing, and what a test wants besides. */
  private static class Quiet implements MigrationProgress {
    final List<String> tables = new ArrayList<>();

    @Override
    public void began(String table, boolean checking, long done, long rows) {
      tables.add((checking ? "checking " : "") + table + " " + done + "/" + rows);
    }

    @Override
    public void advanced(long done) {}

    @Override
    public void ended() {}
  }

  /** Ends the run, or its connection, after a random number of steps. */
  private final class Breaking extends Quiet {
    private int left = random.nextInt(40);

    @Override
    public void began(String table, boolean checking, long done, long rows) {
      step();
    }

    @Override
    public void advanced(long done) {
      step();
    }

    private void step() {
      if (left-- > 0) {
        return;
      }
      left = 1_000;
      if (random.nextBoolean()) {
        throw new StoreException("broken");
      }
      Postgres.run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name LIKE 'pharos-move-%'");
    }
  }

  @BeforeEach
  void fill() {
    folder = temp.resolve("data");
    try (Ports stores = source()) {
      new RandomHistory(stores, seed).fill(12, 900);
    }
  }

  @AfterEach
  void drop() {
    Postgres.dropSchema(schema);
  }

  @Test
  void all_of_it_arrives_once_however_often_it_is_interrupted() throws IOException {
    byte[] before = Files.readAllBytes(folder.resolve("pharos.db"));
    int broken = 0;
    Migration.Moved moved = null;
    while (moved == null) {
      try {
        moved = move(folder, null, new Breaking());
      } catch (StoreException e) {
        broken++;
        assertThat(broken).isLessThan(500);
        assertThatThrownBy(() -> target(null).close())
            .hasMessageContaining("run ./pharos migrate again until it is done");
      }
    }
    System.out.printf("interrupted %d times%n", broken);
    assertThat(moved.before()).isFalse();
    assertThat(moved.servers()).isEqualTo(11);
    assertSame(null);
    assertThat(Files.readAllBytes(folder.resolve("pharos.db"))).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("pharos.db", "pharos.lock", "secret.key");
    }
  }

  @Test
  void a_folder_of_a_killed_monitor_moves_with_what_is_not_merged_yet() throws IOException {
    Path killed = Files.createDirectory(temp.resolve("killed"));
    try (Ports stores = source()) {
      stores.config().put("late", "{}", Fleets.changed("", "updated"));
      for (String each : List.of("pharos.db", "pharos.db-wal", "secret.key")) {
        Files.copy(folder.resolve(each), killed.resolve(each));
      }
    }
    assertThat(killed.resolve("pharos.db-wal")).isNotEmptyFile();
    move(killed, null, new Quiet());
    assertSame(null);
    assertThat(Postgres.ask("SELECT key FROM " + schema + ".config WHERE key = 'late'"))
        .isEqualTo("late");
  }

  @Test
  void secrets_are_sealed_with_the_configured_key() {
    move(folder, OTHER_KEY, new Quiet());
    assertSame(OTHER_KEY);
    assertThatThrownBy(() -> target(null).close())
        .hasMessageStartingWith("the stored secrets were sealed with another key");
  }

  @Test
  void numbers_go_on_behind_the_highest_that_was_ever_given() {
    move(folder, null, new Quiet());
    long newest;
    ServerId last;
    try (Ports stores = source()) {
      newest = stores.events().newest();
      Standing gone = insert(stores, "gone");
      last = gone.server().id();
    }
    try (Ports stores = target(null)) {
      assertThat(insert(stores, "next").server().id()).isEqualTo(last);
      assertThat(stores.events().newest()).isEqualTo(newest + 1);
    }
  }

  @Test
  void what_was_moved_is_not_moved_again() {
    move(folder, null, new Quiet());
    Quiet again = new Quiet();
    assertThat(move(folder, null, again).before()).isTrue();
    assertThat(again.tables).isEmpty();
    try (Ports stores = source()) {
      insert(stores, "late");
    }
    assertRefused("was moved to the schema " + schema);
  }

  @Test
  void a_folder_that_was_used_in_between_is_taken_anew() {
    assertThatThrownBy(() ->
            move(
                folder,
                null,
                new Quiet() {
                  @Override
                  public void began(String table, boolean checking, long done, long rows) {
                    if (checking) {
                      throw new StoreException("broken");
                    }
                  }
                }))
        .hasMessage("broken");
    try (Ports stores = source()) {
      stores.servers().delete(stores.servers().all().getFirst().server().id(), deleted());
    }
    Quiet progress = new Quiet();
    move(folder, null, progress);
    assertThat(progress.tables).contains("mcp_servers 0/10");
    assertSame(null);
  }

  @Test
  void a_copy_that_differs_is_noticed_and_made_anew() {
    Quiet damaging =
        new Quiet() {
          @Override
          public void began(String table, boolean checking, long done, long rows) {
            if (checking && table.equals("mcp_rollup_1h")) {
              Postgres.run(
                  "UPDATE %s.mcp_health_logs SET tool_count = 77 WHERE checked_at = (SELECT MAX(checked_at) FROM %s.mcp_health_logs)"
                      .formatted(schema, schema));
            }
          }
        };
    assertThatThrownBy(() -> move(folder, null, damaging))
        .hasMessageStartingWith(
            "the table mcp_health_logs is not as in the data folder (900 rows, there 900)");
    move(folder, null, new Quiet());
    assertSame(null);
  }

  @Test
  void a_schema_that_holds_something_else_is_left_alone() {
    try (Ports stores = target(null)) {
      insert(stores, "theirs");
    }
    assertRefused("is in use, its table mcp_servers is not empty: name another schema");
    assertThat(Postgres.ask("SELECT name FROM " + schema + ".mcp_servers")).isEqualTo("theirs");
  }

  @Test
  void a_schema_that_took_another_folder_is_left_alone() {
    Path other = temp.resolve("other");
    try (Ports stores = source(other)) {
      insert(stores, "theirs");
    }
    move(other, null, new Quiet());
    assertRefused("holds another data folder that was moved there: name another schema");
  }

  @Test
  void a_schema_on_which_a_monitor_runs_is_left_alone() {
    target(null).close();
    Postgres.run("INSERT INTO %s.nodes VALUES ('n', 'n', '1', now(), 0, now())".formatted(schema));
    assertRefused("a monitor runs on the schema " + schema);
  }

  @Test
  void a_folder_on_which_a_monitor_runs_is_left_alone() {
    try (Ports stores = source()) {
      assertThat(stores.servers().all()).hasSize(11);
      assertThatThrownBy(() -> move(folder, null, new Quiet()))
          .isInstanceOf(FolderInUseException.class);
    }
  }

  @Test
  void a_key_that_does_not_fit_is_told() throws IOException {
    Files.delete(folder.resolve("secret.key"));
    assertRefused("secret.key is missing: put it back");
    Files.writeString(folder.resolve("secret.key"), OTHER_KEY);
    assertRefused("the secrets of the data folder were sealed with another key");
    assertThat(Postgres.ask("SELECT 1 FROM pg_namespace WHERE nspname = '" + schema + "'"))
        .isEmpty();
  }

  @Test
  void a_folder_without_a_database_is_told_and_not_made() {
    assertThatThrownBy(() -> move(temp.resolve("none"), null, new Quiet()))
        .hasMessageContaining("has no embedded database (pharos.db): name another");
    assertThat(temp.resolve("none")).doesNotExist();
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> move(folder, null, new Quiet()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(reason);
  }

  /** Row by row as the databases have them, and as the stores tell it. */
  private void assertSame(@Nullable String key) {
    for (MovedTable each : MovedTable.ALL) {
      assertThat(WholeTable.ofSchema(schema, each.name()))
          .as(each.name())
          .isNotEmpty()
          .isEqualTo(WholeTable.ofFolder(folder, each.name()));
    }
    try (Ports there = source();
        Ports here = target(key)) {
      List<Standing> all = there.servers().all();
      assertThat(here.servers().all()).isEqualTo(all);
      assertThat(here.events().after(0, Filter.ALL, 1_000))
          .isEqualTo(there.events().after(0, Filter.ALL, 1_000));
      assertThat(here.config().all()).isEqualTo(there.config().all());
      for (Standing each : all) {
        ServerId id = each.server().id();
        assertThat(here.history().logs(id, Instant.MIN, Instant.MAX, null, 1_000))
            .isEqualTo(there.history().logs(id, Instant.MIN, Instant.MAX, null, 1_000));
        assertThat(here.history().spans(id, Instant.MIN, Instant.MAX))
            .isEqualTo(there.history().spans(id, Instant.MIN, Instant.MAX));
        for (int minutes : new int[] {5, 60, 1_440}) {
          Duration step = Duration.ofMinutes(minutes);
          assertThat(here.history().rollups(id, RandomHistory.BEGIN, Fleets.NOON, step))
              .usingRecursiveComparison()
              .isEqualTo(there.history().rollups(id, RandomHistory.BEGIN, Fleets.NOON, step));
        }
        assertThat(here.capabilities().newest(id)).isEqualTo(there.capabilities().newest(id));
        assertThat(here.capabilities().changes(id, Long.MAX_VALUE, 10))
            .isEqualTo(there.capabilities().changes(id, Long.MAX_VALUE, 10));
      }
    }
  }

  private Migration.Moved move(Path from, @Nullable String key, MigrationProgress progress) {
    return Migration.run(from, settings(), key, progress, AT_ONCE);
  }

  private Ports source() {
    return source(folder);
  }

  private static Ports source(Path folder) {
    return new SqlitePorts(SqliteStores.open(folder, () -> SecretBox.open(folder, null), CLOCK));
  }

  /** Opened as a monitor does that has the same data folder. */
  private Ports target(@Nullable String key) {
    return new PostgresPorts(PostgresStores.open(settings(), SecretBox.open(folder, key), CLOCK));
  }

  private PostgresSettings settings() {
    return new PostgresSettings(new Secret(Postgres.url()), schema);
  }

  private static Standing insert(Ports stores, String name) {
    return stores
        .servers()
        .insert(
            Fleets.draft(Fleets.plain(name)),
            HealthMemory.fresh(Fleets.NOON),
            Fleets.changed(name, "created"))
        .standing();
  }

  private static FleetEvent deleted() {
    return Fleets.changed("x", "deleted");
  }
}
