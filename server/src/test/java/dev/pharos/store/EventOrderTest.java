package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.event.EventJournal;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Postgres;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many nodes store events at once, while one reads on from the last it has seen. */
class EventOrderTest {
  private static final int NODES = 6;
  private static final int EVENTS = 150;

  @TempDir Path folder = Path.of("");

  private final String schema = Postgres.newSchema();
  private final List<PostgresStores> nodes = new ArrayList<>();

  @BeforeEach
  void open() {
    for (int i = 0; i < NODES; i++) {
      nodes.add(
          PostgresStores.open(
              new PostgresSettings(new Secret(Postgres.url()), schema),
              SecretBox.open(folder, SqlitePorts.KEY),
              InstantSource.fixed(Fleets.NOON)));
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(PostgresStores::close);
    Postgres.dropSchema(schema);
  }

  @Test
  void a_reader_that_goes_on_from_its_last_event_misses_none() throws Exception {
    Set<Long> written = ConcurrentHashMap.newKeySet();
    assertThat(readWhileWriting(written)).isSorted().containsExactlyInAnyOrderElementsOf(written);
  }

  /** The proof that the test above could fail: without the order events are missed. */
  @Test
  void without_the_order_events_are_missed() throws Exception {
    Postgres.run("ALTER TABLE " + schema + ".events DISABLE TRIGGER events_in_order");
    Set<Long> written = ConcurrentHashMap.newKeySet();
    List<Long> seen = readWhileWriting(written);
    for (int round = 0; round < 20 && seen.size() == written.size(); round++) {
      written.clear();
      seen = readWhileWriting(written);
    }
    assertThat(seen).hasSizeLessThan(written.size());
  }

  @Test
  void the_bell_rings_for_events_of_any_node_at_once() throws Exception {
    CountDownLatch ready = new CountDownLatch(1);
    Set<Long> seen = ConcurrentHashMap.newKeySet();
    try (var bell = nodes.getFirst().sharing().eventBell()) {
      bell.listen(() -> {
        nodes
            .getFirst()
            .events()
            .after(0, EventJournal.Filter.ALL, 100)
            .forEach(each -> seen.add(each.id()));
        ready.countDown();
      });
      assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
      long id = nodes.getLast().checks().note(event(0, 0)).id();
      org.awaitility.Awaitility.await().until(() -> seen.contains(id));
    }
  }

  private List<Long> readWhileWriting(Set<Long> written) throws Exception {
    long start = nodes.getFirst().events().newest();
    CountDownLatch done = new CountDownLatch(NODES);
    List<Long> seen = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        int node = i;
        writers.add(threads.submit(() -> write(node, written, done)));
      }
      long cursor = start;
      boolean last = false;
      while (!last) {
        last = done.getCount() == 0;
        for (StoredEvent each :
            nodes.getFirst().events().after(cursor, EventJournal.Filter.ALL, 1_000)) {
          seen.add(each.id());
          cursor = each.id();
        }
      }
      for (Future<?> each : writers) {
        each.get();
      }
    }
    return seen;
  }

  private void write(int node, Set<Long> written, CountDownLatch done) {
    try {
      for (int i = 0; i < EVENTS; i++) {
        written.add(nodes.get(node).checks().note(event(node, i)).id());
      }
    } finally {
      done.countDown();
    }
  }

  private static FleetEvent event(int node, int i) {
    return new FleetEvent.AutoEnabled(Fleets.NOON, "server-" + node, "back", i);
  }
}
