package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.event.EventJournal;
import dev.pharos.event.JournalBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.ManualTime;
import dev.pharos.testing.MemoryJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The monitor's own state, told in time and once whatever its store does. */
class AnnouncerTest {
  private final ManualTime time = new ManualTime();
  private final MemoryJournal journal = new MemoryJournal();
  private final JournalBus bus = new JournalBus(journal);
  private final List<StoredEvent> heard = Collections.synchronizedList(new ArrayList<>());
  private final Beside beside = new Beside();
  private final Notes store = new Notes();
  private final Announcer announcer = new Announcer(new Times(time, time), beside, store, bus);

  AnnouncerTest() {
    bus.subscribe(heard::addAll);
  }

  @Test
  void what_is_stored_is_told_with_its_place_in_the_journal() throws Exception {
    store.answer.countDown();
    announcer.say("blind", "a test");
    beside.settle();
    pass(10_000);

    assertThat(heard).extracting(StoredEvent::id).containsExactly(1L);
    assertThat(states(heard.stream())).containsExactly("blind");
  }

  @Test
  void nobody_waits_for_a_store_that_hangs_and_all_is_told_after_two_seconds() throws Exception {
    announcer.say("blind", "a test");
    store.asked.await();
    pass(1_000);
    announcer.say("live", "a test");
    pass(900);
    assertThat(heard).isEmpty();

    pass(100);
    assertThat(states(heard.stream())).containsExactly("blind");
    pass(1_000);
    assertThat(states(heard.stream())).containsExactly("blind", "live");

    store.answer.countDown();
    beside.settle();
    bus.ring();
    assertThat(states(heard.stream())).as("told once").containsExactly("blind", "live");
    assertThat(states(journal.after(0, EventJournal.Filter.ALL, 10).stream()))
        .containsExactly("blind", "live");
  }

  @Test
  void what_the_store_refuses_is_told_all_the_same() throws Exception {
    store.refuses = true;
    store.answer.countDown();
    announcer.say("late", "a test");
    beside.settle();
    pass(10_000);

    assertThat(states(heard.stream())).containsExactly("late");
    assertThat(heard).extracting(StoredEvent::id).containsExactly(0L);
  }

  @Test
  void of_a_long_outage_the_newest_are_stored() throws Exception {
    announcer.say("state 0", "a test");
    store.asked.await();
    for (int i = 1; i <= 300; i++) {
      announcer.say("state " + i, "a test");
      pass(5_000);
    }
    assertThat(heard).hasSize(301);
    store.answer.countDown();
    beside.settle();
    bus.ring();

    List<String> kept = states(journal.after(0, EventJournal.Filter.ALL, 1_000).stream());
    assertThat(kept).hasSizeBetween(100, 101).endsWith("state 299", "state 300");
    assertThat(heard).hasSize(301);
  }

  private void pass(long millis) {
    time.advance(Duration.ofMillis(millis));
    announcer.tellOverdue();
  }

  private static List<String> states(Stream<StoredEvent> events) {
    return events.map(each -> ((FleetEvent.MonitorChanged) each.event()).state()).toList();
  }

  /** Does not answer before it is told to. */
  private final class Notes implements CheckStore {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch answer = new CountDownLatch(1);
    volatile boolean refuses;

    @Override
    public StoredEvent note(FleetEvent event) {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (refuses) {
        throw new IllegalStateException("the database is read-only, says a test");
      }
      return journal.add(event);
    }

    @Override
    public List<StoredEvent> write(List<CheckRecord> records) {
      return List.of();
    }

    @Override
    public List<Standing> standings() {
      return List.of();
    }
  }
}
