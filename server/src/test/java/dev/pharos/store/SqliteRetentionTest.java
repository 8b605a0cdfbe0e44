package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.ServerId;
import dev.pharos.history.LogRow;
import dev.pharos.watch.CheckRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqliteRetentionTest extends RetentionContract {
  @Override
  Ports open(Path folder, InstantSource clock) {
    return SqlitePorts.open(folder, clock);
  }

  /** To the second, in several chunks. */
  @Test
  void the_log_is_kept_for_as_long_as_is_said_and_not_for_whole_days() {
    ServerId a = id(registered("a"));
    List<CheckRecord> looks = new ArrayList<>();
    for (int i = 0; i < 12_000; i++) {
      looks.add(good(a, NOON.plusSeconds(i)));
    }
    stores().checks().write(looks);
    assertThat(stores().retention().prune(NOON.plusSeconds(14_400), SETTINGS).logs())
        .isEqualTo(10_800);
    assertThat(stores().history().logs(a, Instant.MIN, Instant.MAX, null, 20_000))
        .hasSize(1_200)
        .last()
        .extracting(LogRow::checkedAt)
        .isEqualTo(NOON.plusSeconds(10_800));
  }
}
