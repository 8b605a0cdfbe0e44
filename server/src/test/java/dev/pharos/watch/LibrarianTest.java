package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.capability.CapabilityChange;
import dev.pharos.capability.CapabilityStore;
import dev.pharos.capability.Catalogue;
import dev.pharos.capability.InProcessCapabilityCache;
import dev.pharos.capability.Snapshot;
import dev.pharos.event.InProcessEventBus;
import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Item;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ReuseCheck;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.probe.Depth;
import dev.pharos.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What looks read, on its way to a store that does not answer, or says no. */
class LibrarianTest {
  private static final Duration HOURS = Duration.ofHours(10);

  private final ManualTime time = new ManualTime();
  private final Shelf shelf = new Shelf();
  private final List<FleetEvent> heard = Collections.synchronizedList(new ArrayList<>());
  private final Beside beside = new Beside();
  private final Librarian librarian = librarian();

  private Librarian librarian() {
    InProcessEventBus bus = new InProcessEventBus();
    bus.subscribe(events -> events.forEach(each -> heard.add(each.event())));
    Catalogue catalogue = new Catalogue(shelf, new InProcessCapabilityCache(time), time);
    return new Librarian(beside, bus, catalogue);
  }

  @Test
  void nobody_waits_for_a_store_that_does_not_answer_and_the_newest_is_stored() throws Exception {
    Post one = post(1);
    Post two = post(2);
    take(one, tools("a"), true);
    beside.settle();
    shelf.hang();
    take(one, tools("b"), true);
    shelf.asked.await();

    take(one, tools("c"), true);
    take(one, tools("d"), true);
    take(two, tools("x"), true);
    assertThat(librarian.size()).isEqualTo(2);
    shelf.answer.countDown();
    beside.settle();

    assertThat(shelf.saved).containsExactly("1 a", "1 b", "1 d", "2 x");
    assertThat(changes()).as("each told once").isEqualTo(2);
    assertThat(librarian.size()).isZero();
  }

  @Test
  void a_part_that_was_read_later_lies_over_the_whole_that_waits() throws Exception {
    Post one = post(1);
    shelf.hang();
    take(post(9), tools("first"), true);
    shelf.asked.await();
    Capabilities prompts = new Capabilities(null, tools("p").tools(), null, null);
    take(one, prompts.over(tools("a")), true);
    take(one, tools("b"), false);
    shelf.answer.countDown();
    beside.settle();

    Capabilities kept = shelf.newest(one.id).orElseThrow().capabilities();
    assertThat(kept.tools()).extracting(Item::key).containsExactly("b");
    assertThat(kept.prompts()).extracting(Item::key).containsExactly("p");
  }

  @Test
  void what_was_not_stored_is_read_again_with_the_next_look() throws Exception {
    Post one = looked(post(1));
    shelf.refuse = true;
    assertThat(depth(one)).isEqualTo(Depth.TOOLS);
    take(one, tools("a"), true);
    beside.settle();

    assertThat(depth(one)).isEqualTo(Depth.ALL);
    shelf.refuse = false;
    take(one, tools("a"), true);
    beside.settle();
    assertThat(shelf.saved).containsExactly("1 a");
  }

  @Test
  void what_there_is_no_room_for_is_read_again_and_the_rest_is_stored() throws Exception {
    String large = "x".repeat((int) Librarian.ROOM * 2 / 3);
    Post one = looked(post(1));
    Post two = looked(post(2));
    shelf.hang();
    take(post(9), tools("first"), true);
    shelf.asked.await();
    take(one, tools(large), true);
    take(two, tools(large), true);
    take(one, tools("small"), true);
    assertThat(depth(one)).isEqualTo(Depth.TOOLS);
    assertThat(depth(two)).isEqualTo(Depth.ALL);
    take(two, tools("fits"), true);
    shelf.answer.countDown();
    beside.settle();

    assertThat(shelf.saved).containsExactly("9 first", "1 small", "2 fits");
  }

  @Test
  void nothing_is_stored_of_a_server_that_went_or_moved_meanwhile() throws Exception {
    Post gone = post(1);
    Post moved = post(2);
    shelf.hang();
    take(post(9), tools("first"), true);
    shelf.asked.await();
    take(gone, tools("a"), true);
    take(moved, tools("b"), true);
    synchronized (gone) {
      gone.gone = true;
    }
    synchronized (moved) {
      moved.server = Fleets.server(2, Fleets.http("http://elsewhere.test/mcp"));
    }
    shelf.answer.countDown();
    beside.settle();

    assertThat(shelf.saved).containsExactly("9 first");
  }

  @Test
  void at_the_end_all_that_waits_is_stored_and_no_more_is_taken() throws Exception {
    take(post(1), tools("a"), true);
    librarian.finish();
    librarian.close();
    take(post(2), tools("b"), true);
    beside.settle();

    assertThat(shelf.saved).containsExactly("1 a");
    assertThat(librarian.size()).isZero();
  }

  private void take(Post post, Capabilities lists, boolean whole) {
    librarian.take(post, post.server, lists, whole, time.instant());
  }

  private static Post post(long id) {
    return new Post(Fleets.fresh(id, Fleets.http("http://a.test/mcp")));
  }

  private Post looked(Post post) {
    post.agenda.ended(
        new Outcome.Passed(SimulatedEye.seen(time.instant(), Facts.NONE, null)),
        Depth.ALL,
        time.nanos());
    return post;
  }

  private Depth depth(Post post) {
    HealthMemory healthy = Fleets.healthy(time.instant());
    return post.agenda.depth(healthy, ReuseCheck.TOOLS, time.nanos(), HOURS);
  }

  private static Capabilities tools(String name) {
    return new Capabilities(
        List.of(new Item(name, null, null, "{\"name\":\"%s\"}".formatted(name))), null, null, null);
  }

  private long changes() {
    return heard.stream().filter(FleetEvent.CapabilitiesChanged.class::isInstance).count();
  }

  /** Keeps the writer waiting once when told so. */
  private static final class Shelf implements CapabilityStore {
    final List<String> saved = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch answer = new CountDownLatch(1);
    volatile boolean refuse;
    private final RecordingStore kept = new RecordingStore();
    private volatile boolean hangs;

    void hang() {
      hangs = true;
    }

    @Override
    public Optional<Snapshot> newest(ServerId server) {
      return kept.newest(server);
    }

    @Override
    public Optional<StoredEvent> save(
        ServerId server,
        Snapshot snapshot,
        List<CapabilityChange> changes,
        @Nullable FleetEvent event) {
      if (refuse) {
        throw new IllegalStateException("the database says no, says a test");
      }
      if (hangs) {
        hangs = false;
        asked.countDown();
        try {
          answer.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      String tool =
          Objects.requireNonNull(snapshot.capabilities().tools()).stream()
              .map(Item::key)
              .reduce("", String::concat);
      saved.add(server.value() + " " + tool);
      return kept.save(server, snapshot, changes, event);
    }

    @Override
    public List<NumberedChange> changes(ServerId server, long cursor, int limit) {
      return List.of();
    }
  }
}
