package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.testing.Fleets;
import dev.pharos.testing.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that cannot be used is told in one sentence. */
class DataFolderTest {
  @TempDir Path folder = Path.of("");

  @Test
  void a_folder_is_created_with_all_above_it() {
    Path deep = folder.resolve("a/b/c");
    try (SqliteStores stores = open(deep)) {
      assertThat(stores.servers().all()).isEmpty();
    }
    assertThat(deep.resolve("pharos.db")).exists();
  }

  @Test
  void a_folder_in_use_is_refused_and_free_again_afterwards() throws Exception {
    try (SqliteStores stores = open(folder)) {
      assertThat(stores.events().newest()).isZero();
      refused(folder).hasMessage("the data folder %s is in use by another running Pharos", folder);
      try (StoreProcess other = StoreProcess.start(folder)) {
        assertThat(other.line()).contains("is in use by another running Pharos");
      }
    }
    open(folder).close();
  }

  @Test
  void a_folder_in_use_by_another_process_is_refused() throws Exception {
    try (StoreProcess other = StoreProcess.start(folder)) {
      assertThat(other.line()).startsWith("committed ");
      refused(folder).hasMessage("the data folder %s is in use by another running Pharos", folder);
    }
    open(folder).close();
  }

  @Test
  void tables_of_a_newer_version_are_left_alone() {
    open(folder).close();
    RawDatabase.run(folder, "PRAGMA user_version = 2");
    refused(folder)
        .hasMessageContaining("newer Pharos (its tables have version 2, this one knows 1)");
    RawDatabase.run(folder, "PRAGMA user_version = 1");
    open(folder).close();
  }

  @Test
  void the_newest_version_is_the_one_that_is_known() {
    open(folder).close();
    assertThat(RawDatabase.number(folder, "PRAGMA user_version")).isEqualTo(SqliteSchema.NEWEST);
    assertThat(
            RawDatabase.number(
                folder, "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history"))
        .isEqualTo(SqliteSchema.NEWEST);
  }

  @Test
  void a_file_in_place_of_the_folder_is_refused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    refused(file).hasMessage("the data folder %s is not a folder", file);
    refused(file.resolve("below")).hasMessageContaining("cannot be created");
  }

  @Test
  void what_is_no_database_is_refused() throws IOException {
    Files.writeString(folder.resolve("pharos.db"), "no database at all ".repeat(500));
    refused(folder).hasMessageContaining("pharos.db is damaged");
  }

  @Test
  void a_database_of_somebody_else_is_refused() {
    RawDatabase.run(folder, "CREATE TABLE theirs (id INTEGER)");
    refused(folder).hasMessageContaining("is not one of Pharos");
  }

  @Test
  void a_folder_where_nobody_can_write_is_refused() {
    Path proc = Path.of("/proc/self");
    assumeTrue(Files.isDirectory(proc), "a folder that not even root can write to");
    refused(proc).hasMessageContaining("the data folder /proc/self cannot be written to");
    refused(Path.of("/proc/pharos")).hasMessageContaining("cannot be created");
  }

  @Test
  void a_read_only_disk_is_refused() throws Exception {
    open(folder).close();
    try (Mount mount = Mount.readOnly(folder)) {
      refused(mount.path())
          .hasMessage(
              "the data folder %s cannot be written to: read-only file system", mount.path());
    }
  }

  @Test
  void no_key_is_made_in_a_folder_that_is_not_ours() {
    AtomicBoolean made = new AtomicBoolean();
    Supplier<SecretBox> box =
        () -> {
          made.set(true);
          return SecretBox.open(folder, null);
        };
    try (SqliteStores first = open(folder)) {
      assertThat(first.bytes()).isPositive();
      assertThatThrownBy(() -> SqliteStores.open(folder, box, InstantSource.fixed(Fleets.NOON)))
          .isInstanceOf(FolderInUseException.class);
    }
    assertThat(made).isFalse();
    assertThat(folder.resolve("secret.key")).doesNotExist();
  }

  @Test
  void a_folder_where_nobody_can_write_is_told_as_that_and_not_by_its_missing_key() {
    Path proc = Path.of("/proc/self");
    assumeTrue(Files.isDirectory(proc), "a folder that not even root can write to");
    assertThatThrownBy(() ->
            SqliteStores.open(
                proc, () -> SecretBox.open(proc, null), InstantSource.fixed(Fleets.NOON)))
        .hasMessageContaining("the data folder /proc/self cannot be written to");
  }

  private static SqliteStores open(Path path) {
    return SqliteStores.open(
        path, SecretBox.open(path, SqlitePorts.KEY), InstantSource.fixed(Fleets.NOON));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path path) {
    return assertThatThrownBy(() -> open(path))
        .isInstanceOf(StoreException.class)
        .satisfies(
            e -> assertThat(e.getMessage()).doesNotContain("SQL", "Exception", "\n", "SELECT"));
  }
}
