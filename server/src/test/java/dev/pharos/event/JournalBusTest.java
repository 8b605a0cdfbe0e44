package dev.pharos.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.MemoryJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class JournalBusTest extends EventBusContract {
  private final MemoryJournal journal = new MemoryJournal();
  private final JournalBus bus = new JournalBus(journal);

  @Override
  EventBus bus() {
    return bus;
  }

  @Override
  StoredEvent store(FleetEvent event) {
    return journal.add(event);
  }

  private static StoredEvent unstored(FleetEvent event) {
    return new StoredEvent(0, event);
  }

  @Test
  void what_another_node_wrote_is_heard_when_it_rings() {
    bus.subscribe(into(heard));
    store(event("1"));
    assertThat(heard).isEmpty();

    bus.ring();

    assertThat(heard).containsExactly("1");
    assertThat(bus.position()).isEqualTo(1);
  }

  @Test
  void what_another_node_wrote_before_is_heard_before() {
    bus.subscribe(into(heard));

    bus.storeAndPublish(() -> {
      store(event("theirs"));
      return List.of(store(event("ours")));
    });

    assertThat(heard).containsExactly("theirs", "ours");
  }

  @Test
  void a_bus_begins_with_what_comes() {
    store(event("old"));
    JournalBus later = new JournalBus(journal);
    later.subscribe(into(heard));

    later.ring();

    assertThat(heard).isEmpty();
    assertThat(later.position()).isEqualTo(1);
  }

  @Test
  void a_long_way_behind_is_caught_up_with() {
    List<Long> ids = new ArrayList<>();
    bus.subscribe(events -> events.forEach(each -> ids.add(each.id())));
    for (int i = 0; i < 1_234; i++) {
      store(event("many"));
    }

    bus.ring(1_234);

    assertThat(ids).hasSize(1_234).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_journal_that_is_away_delays_events_and_loses_and_doubles_none() {
    bus.subscribe(into(heard));
    bus.storeAndPublish(() -> {
      StoredEvent stored = store(event("1"));
      journal.away(true);
      return List.of(stored, feed("a"));
    });
    bus.ring();
    assertThat(heard).containsExactly("a");

    journal.away(false);
    bus.ring();
    bus.ring();

    assertThat(heard).containsExactly("a", "1");
  }

  @Test
  void what_was_told_unstored_is_not_told_again_by_the_journal() {
    bus.subscribe(into(heard));
    // Finer than the journal keeps it.
    Instant at = Instant.ofEpochSecond(1, 123_456_789);
    FleetEvent event = new FleetEvent.MonitorChanged(at, "live", "1");
    bus.publish(List.of(unstored(event)));

    journal.add(EventJson.read(EventJson.write(event)));
    storeAndPublish("2");

    assertThat(heard).containsExactly("1", "2");
    assertThat(bus.position()).isEqualTo(2);
  }

  @Test
  void what_another_node_told_unstored_is_not_told_again_by_the_journal() {
    bus.subscribe(into(heard));
    bus.heardElsewhere(List.of(unstored(event("1"))));
    store(event("1"));
    bus.ring();

    assertThat(heard).containsExactly("1");
  }

  @Test
  void what_the_journal_told_first_is_not_told_again_by_another_node() {
    bus.subscribe(into(heard));
    store(event("1"));
    bus.ring();
    bus.heardElsewhere(List.of(unstored(event("1")), feed("a"), feed("a")));

    assertThat(heard)
        .as("results of looks are never in the journal")
        .containsExactly("1", "a", "a");
  }

  @Test
  void what_the_journal_told_first_is_not_told_again_by_who_wrote_it() {
    List<StoredEvent> out = new ArrayList<>();
    bus.outlet(out::addAll);
    bus.subscribe(into(heard));
    store(event("1"));
    bus.ring();
    // Its writer never had an answer.
    bus.publish(List.of(unstored(event("1"))));

    assertThat(heard).containsExactly("1");
    assertThat(out).isEmpty();
  }

  @Test
  void events_of_no_journal_do_not_wait_for_a_journal_that_hangs() throws InterruptedException {
    CountDownLatch hangs = journal.hang();
    bus.subscribe(into(heard));
    store(event("1"));
    Thread reader = Thread.ofVirtual().start(bus::ring);

    bus.publish(List.of(unstored(event("2"))));
    bus.heardElsewhere(List.of(feed("a")));
    assertThat(heard).containsExactly("2", "a");

    hangs.countDown();
    reader.join();
    bus.ring();
    assertThat(heard).containsExactly("2", "a", "1");
  }

  @Test
  void only_this_nodes_own_events_of_no_journal_go_out() {
    List<StoredEvent> out = new ArrayList<>();
    bus.outlet(out::addAll);

    bus.publish(List.of(feed("a")));
    bus.heardElsewhere(List.of(feed("b")));
    bus.storeAndPublish(() -> List.of(store(event("1")), feed("c")));

    assertThat(out).containsExactly(feed("a"), feed("c"));
  }

  @Test
  void two_nodes_tell_the_same_in_the_same_order() throws InterruptedException {
    JournalBus other = new JournalBus(journal);
    List<Long> here = new ArrayList<>();
    List<Long> there = new ArrayList<>();
    bus.subscribe(events -> events.forEach(each -> here.add(each.id())));
    other.subscribe(events -> events.forEach(each -> there.add(each.id())));
    Thread one = Thread.ofVirtual().start(() -> writeMany(bus));
    Thread two = Thread.ofVirtual().start(() -> writeMany(other));
    one.join();
    two.join();
    bus.ring();
    other.ring();

    assertThat(here).hasSize(400).isSorted().doesNotHaveDuplicates().isEqualTo(there);
  }

  private void writeMany(JournalBus to) {
    for (int i = 0; i < 200; i++) {
      to.storeAndPublish(() -> List.of(store(event("x"))));
    }
  }
}
