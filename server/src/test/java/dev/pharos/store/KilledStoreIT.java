package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.event.EventJournal;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.history.LogRow;
import dev.pharos.testing.Fleets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** What was told as written is there after a kill -9, and what is there is whole. */
class KilledStoreIT {
  @TempDir Path folder = Path.of("");

  @RepeatedTest(3)
  void nothing_that_was_committed_is_lost() throws Exception {
    List<String> told = new ArrayList<>();
    try (StoreProcess process = StoreProcess.start(folder)) {
      for (int i = 0; i < 300; i++) {
        told.add(process.line());
      }
      told.addAll(process.kill());
    }
    try (Ports stores = SqlitePorts.open(folder, InstantSource.fixed(Fleets.NOON))) {
      Standing standing = stores.servers().byName("a").orElseThrow();
      ServerId id = standing.server().id();
      List<StoredEvent> events = all(stores);
      assertThat(told).allMatch(each -> each.startsWith("committed "));
      assertThat(events).extracting(each -> "committed " + each.id()).containsAll(told);
      // Each flip left its event, its look and its span, or nothing.
      int flips = events.size() - 1;
      List<LogRow> log = stores.history().logs(id, Instant.MIN, Instant.MAX, null, 1_000_000);
      List<Span> spans = stores.history().spans(id, Instant.MIN, Instant.MAX);
      assertThat(log).hasSize(flips);
      assertThat(spans).hasSize(flips + 1);
      assertThat(standing.seen().lastCheckAt()).isEqualTo(log.getFirst().checkedAt());
      assertThat(standing.memory().health()).isEqualTo(log.getFirst().health());
      assertThat(spans.getLast().state().wire()).isEqualTo(log.getFirst().health().wire());
    }
  }

  private static List<StoredEvent> all(Ports stores) {
    List<StoredEvent> all = new ArrayList<>();
    long cursor = 0;
    while (cursor < stores.events().newest()) {
      all.addAll(stores.events().after(cursor, EventJournal.Filter.ALL, 1_000));
      cursor = all.getLast().id();
    }
    return all;
  }
}
