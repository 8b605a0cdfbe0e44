package dev.pharos.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Item;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final ServerId ID = new ServerId(1);
  private static final Capabilities ONE = tools("one");
  private static final Capabilities TWO = tools("two");

  private final ManualTime time = new ManualTime();
  private final MemoryStore store = new MemoryStore();
  private final InProcessCapabilityCache cache = new InProcessCapabilityCache(time);
  private final Catalogue catalogue = new Catalogue(store, cache, time);

  private static Capabilities tools(String name) {
    Item item = new Item(name, null, null, "{\"name\":\"" + name + "\"}");
    return new Capabilities(List.of(item), null, null, null);
  }

  /** Keeps the newest snapshot and all changes. */
  private static final class MemoryStore implements CapabilityStore {
    final Map<ServerId, Snapshot> newest = new HashMap<>();
    final List<CapabilityChange> changes = new ArrayList<>();
    int reads;

    @Override
    public Optional<Snapshot> newest(ServerId server) {
      reads++;
      return Optional.ofNullable(newest.get(server));
    }

    @Override
    public Optional<StoredEvent> save(
        ServerId server,
        Snapshot snapshot,
        List<CapabilityChange> saved,
        @Nullable FleetEvent event) {
      newest.put(server, snapshot);
      changes.addAll(saved);
      return Optional.ofNullable(event).map(each -> new StoredEvent(1, each));
    }

    @Override
    public List<NumberedChange> changes(ServerId server, long cursor, int limit) {
      return List.of();
    }
  }

  private Optional<StoredEvent> saw(Capabilities seen, boolean whole) {
    return catalogue.saw(ID, "a", seen, whole, time.instant());
  }

  @Test
  void the_first_lists_are_kept_and_are_no_change() {
    assertThat(saw(ONE, true)).isEmpty();

    assertThat(store.newest(ID).orElseThrow().capabilities()).isEqualTo(ONE);
    assertThat(store.changes).isEmpty();
  }

  @Test
  void a_change_is_kept_and_told() {
    saw(ONE, true);

    FleetEvent event = saw(TWO, true).orElseThrow().event();

    assertThat(event)
        .isEqualTo(
            new FleetEvent.CapabilitiesChanged(
                time.instant(),
                "a",
                Map.of("tools", List.of("two")),
                Map.of("tools", List.of("one")),
                Map.of(),
                Differences.hash(TWO)));
    assertThat(store.changes).hasSize(2);
  }

  @Test
  void the_same_lists_are_not_stored_again_and_keep_their_first_moment() {
    saw(ONE, true);
    int reads = store.reads;
    time.advance(Duration.ofMinutes(1));

    assertThat(saw(ONE, true)).isEmpty();

    assertThat(store.reads).as("known without the store").isEqualTo(reads);
    CapabilityCache.Cached cached = cache.get("a").orElseThrow();
    assertThat(cached.snapshot().seenAt()).isEqualTo(ManualTime.START);
    assertThat(cached.cachedAt()).isEqualTo(time.instant());
  }

  @Test
  void after_a_restart_the_same_lists_are_no_change_either() {
    saw(ONE, true);
    Catalogue restarted = new Catalogue(store, cache, time);

    assertThat(restarted.saw(ID, "a", ONE, true, time.instant())).isEmpty();
    assertThat(store.changes).isEmpty();
  }

  @Test
  void a_list_that_was_not_read_is_not_gone() {
    Capabilities both =
        new Capabilities(ONE.tools(), List.of(new Item("p", null, null, "{}")), null, null);
    saw(both, true);

    assertThat(saw(ONE, false)).isEmpty();
    assertThat(saw(ONE, true).orElseThrow().event())
        .isInstanceOfSatisfying(
            FleetEvent.CapabilitiesChanged.class,
            event -> assertThat(event.removed()).isEqualTo(Map.of("prompts", List.of("p"))));
  }

  @Test
  void a_reader_is_told_whether_the_cache_had_it_and_a_miss_fills_the_cache() {
    assertThat(catalogue.read(ID, "a")).isEmpty();
    saw(ONE, true);
    assertThat(catalogue.read(ID, "a").orElseThrow().hit()).isTrue();

    time.advance(CapabilityCache.TTL);

    assertThat(catalogue.read(ID, "a").orElseThrow().hit()).as("too old").isFalse();
    assertThat(catalogue.read(ID, "a").orElseThrow().hit()).isTrue();
  }

  @Test
  void a_server_that_is_forgotten_is_read_anew() {
    saw(ONE, true);

    catalogue.forget(ID, "a");

    assertThat(cache.get("a")).isEmpty();
  }

  @Test
  void the_cache_forgets_what_was_used_longest_ago_when_it_is_full() {
    InProcessCapabilityCache small = new InProcessCapabilityCache(time, 350);
    CapabilityCache.Cached cached =
        new CapabilityCache.Cached(new Snapshot("h", time.instant(), ONE), time.instant());
    small.put("a", cached);
    small.put("b", cached);
    small.put("c", cached);
    small.get("a");
    small.put("d", cached);

    assertThat(small.get("a")).isPresent();
    assertThat(small.get("b")).isEmpty();
    assertThat(small.get("d")).isPresent();
  }
}
