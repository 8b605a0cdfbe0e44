package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.Fleets;
import dev.pharos.testing.Postgres;
import dev.pharos.testing.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration that is killed again and again comes to its end, with every row once. */
class KilledMigrationIT {
  private static final int KILLS = 8;

  @TempDir Path folder = Path.of("");

  private final long seed = Seed.of(KilledMigrationIT.class);
  private final SplittableRandom random = new SplittableRandom(seed);
  private final String schema = Postgres.newSchema();

  @AfterEach
  void drop() {
    Postgres.dropSchema(schema);
  }

  @Test
  void every_row_arrives_once() throws IOException {
    InstantSource clock = InstantSource.fixed(Fleets.NOON);
    try (Ports stores =
        new SqlitePorts(SqliteStores.open(folder, () -> SecretBox.open(folder, null), clock))) {
      new RandomHistory(stores, seed).fill(12, 1_500);
    }
    for (int i = 0; i < KILLS; i++) {
      run(random.nextInt(i * 15 + 1));
    }
    assertThat(run(Integer.MAX_VALUE)).isEqualTo(MigrationProcess.DONE);
    for (MovedTable each : MovedTable.ALL) {
      assertThat(WholeTable.ofSchema(schema, each.name()))
          .as(each.name())
          .isNotEmpty()
          .isEqualTo(WholeTable.ofFolder(folder, each.name()));
    }
  }

  /** Kills it after so many lines, and gives the last one. */
  private String run(int lines) throws IOException {
    String last = "";
    try (MigrationProcess process = MigrationProcess.start(folder, schema)) {
      for (int i = 0; i < lines; i++) {
        String line = process.line();
        if (line.isEmpty()) {
          break;
        }
        last = line;
      }
    }
    System.out.println("killed after: " + last);
    assertThat(last).doesNotStartWith("failed");
    return last;
  }
}
