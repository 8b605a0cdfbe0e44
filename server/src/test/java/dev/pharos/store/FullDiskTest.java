package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Mount;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills while the stores are open, on a small disk in memory. */
class FullDiskTest {
  @TempDir Path folder = Path.of("");

  @Test
  void writing_resumes_when_there_is_room() throws Exception {
    try (Mount disk = Mount.small(folder, "4m");
        Ports stores = SqlitePorts.open(disk.path(), InstantSource.fixed(Fleets.NOON))) {
      ServerId a = registered(stores, "a");
      stores.checks().write(List.of(StoreContract.good(a, Fleets.NOON)));
      Path ballast = disk.path().resolve("ballast");
      fill(ballast);
      Instant last = writtenUntilFull(stores, a);
      Standing standing = stores.servers().byName("a").orElseThrow();
      assertThat(standing.seen().lastCheckAt()).isEqualTo(last);
      assertThat(stores.history().logs(a, Instant.MIN, Instant.MAX, null, 1).getFirst().checkedAt())
          .isEqualTo(last);
      Files.delete(ballast);
      Instant again = last.plusSeconds(60);
      stores.checks().write(List.of(StoreContract.bad(a, again)));
      assertThat(stores.servers().byName("a").orElseThrow().memory().health())
          .isEqualTo(Health.UNHEALTHY);
      assertThat(registered(stores, "b").value()).isGreaterThan(a.value());
    }
  }

  @Test
  void a_full_disk_at_the_start_is_told() throws Exception {
    try (Mount disk = Mount.small(folder, "1m")) {
      fill(disk.path().resolve("ballast"));
      assertThatThrownBy(
              () -> SqlitePorts.open(disk.path(), InstantSource.fixed(Fleets.NOON)).close())
          .isInstanceOf(StoreException.class)
          .hasMessageNotContaining("SQL")
          .hasMessageContaining("the disk of the data folder is full");
      assertThatThrownBy(() -> SecretBox.open(disk.path(), null))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("no space left");
      assertThat(disk.path().resolve("secret.key")).doesNotExist();
    }
  }

  private static Instant writtenUntilFull(Ports stores, ServerId server) {
    Instant last = Fleets.NOON;
    for (int i = 1; i < 100_000; i++) {
      Instant at = Fleets.NOON.plusSeconds(i);
      try {
        stores.checks().write(List.of(StoreContract.good(server, at)));
        last = at;
      } catch (StoreFullException e) {
        assertThat(e)
            .hasMessage(
                "the disk of the data folder is full: nothing can be stored until there is room");
        return last;
      }
    }
    throw new AssertionError("a disk without an end");
  }

  private static ServerId registered(Ports stores, String name) {
    return stores
        .servers()
        .insert(
            Fleets.draft(Fleets.plain(name)),
            Fleets.memory(Health.UNKNOWN, Fleets.NOON),
            Fleets.changed(name, "created"))
        .standing()
        .server()
        .id();
  }

  /** Leaves no block free. */
  private static void fill(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[4_096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(file).exists();
    }
  }
}
