package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.event.EventJournal;
import dev.pharos.event.JournalBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.ManualTime;
import dev.pharos.testing.MemoryJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that does not answer for a while: who listens is told, and told once. */
class HangingStoreTest {
  /** How a write ends that did not answer. */
  enum End {
    WRITTEN,
    FAILED
  }

  private final ManualTime time = new ManualTime();
  private final Times times = new Times(time, time);
  private final MemoryJournal journal = new MemoryJournal();
  private final JournalBus bus = new JournalBus(journal);
  private final List<FleetEvent> heard = Collections.synchronizedList(new ArrayList<>());
  private final List<String> answered = Collections.synchronizedList(new ArrayList<>());
  private final Backlog backlog = new Backlog(100);
  private final Hanging store = new Hanging();
  private final Scribe scribe =
      new Scribe(times, time, store, bus, new Announcer(times, time, store, bus), backlog);

  HangingStoreTest() {
    bus.subscribe(events -> events.forEach(each -> heard.add(each.event())));
  }

  @ParameterizedTest
  @EnumSource
  void what_waits_is_told_after_two_seconds_and_written_once(End end) throws Exception {
    FleetEvent first = add("first");
    Thread writer = Thread.ofVirtual().start(scribe::drain);
    store.asked.await();
    pass(1_900);
    assertThat(heard).isEmpty();

    pass(100);
    assertThat(heard).containsExactly(first);
    assertThat(answered).as("nobody waits longer").containsExactly("first");
    FleetEvent second = add("second");
    pass(250);
    pass(250);
    assertThat(heard).as("and from then on at once").containsExactly(first, second);
    assertThat(scribe.failing()).as("it may be busy only").isFalse();

    pass(3_000);
    assertThat(scribe.failing()).isTrue();
    assertThat(states()).containsExactly("store_failing");
    store.end = end;
    store.answer.countDown();
    writer.join();
    pass(1_000);
    scribe.drain();
    bus.ring();

    assertThat(states()).containsExactly("store_failing", "store_back");
    assertThat(changes(heard)).as("told once").containsExactly(first, second);
    assertThat(changes(journaled())).as("written once").containsExactly(first, second);
    assertThat(answered).containsExactly("first", "second");
    assertThat(backlog.size()).isZero();
  }

  @Test
  void what_is_written_in_time_is_told_with_its_place_in_the_journal() throws Exception {
    List<Long> ids = new ArrayList<>();
    bus.subscribe(events -> events.forEach(each -> ids.add(each.id())));
    FleetEvent only = add("only");
    Thread writer = Thread.ofVirtual().start(scribe::drain);
    store.asked.await();
    pass(1_900);
    store.answer.countDown();
    writer.join();
    pass(250);

    assertThat(heard).containsExactly(only);
    assertThat(ids).containsExactly(1L);
    assertThat(scribe.failing()).isFalse();
  }

  /** The beat of the watch. */
  private void pass(long millis) {
    time.advance(Duration.ofMillis(millis));
    scribe.tellOverdue();
  }

  private FleetEvent add(String name) {
    FleetEvent event =
        new FleetEvent.StatusChanged(
            time.instant(), name, Health.HEALTHY, Health.UNHEALTHY, null, 1, null, 2);
    CheckRecord record =
        new CheckRecord(
            new ServerId(name.length()),
            time.instant(),
            null,
            "scheduled",
            HealthMemory.fresh(time.instant()),
            null,
            List.of(event),
            null);
    boolean _ = backlog.add(new Unwritten(record, null, () -> answered.add(name)));
    return event;
  }

  private List<String> states() {
    return heard.stream()
        .filter(FleetEvent.MonitorChanged.class::isInstance)
        .map(each -> ((FleetEvent.MonitorChanged) each).state())
        .toList();
  }

  private List<FleetEvent> journaled() {
    return journal.after(0, EventJournal.Filter.ALL, 100).stream().map(StoredEvent::event).toList();
  }

  private static List<FleetEvent> changes(List<FleetEvent> events) {
    return events.stream().filter(FleetEvent.StatusChanged.class::isInstance).toList();
  }

  /** Keeps its first writer waiting until it is told to answer. */
  private final class Hanging implements CheckStore {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch answer = new CountDownLatch(1);
    volatile End end = End.WRITTEN;

    @Override
    public List<StoredEvent> write(List<CheckRecord> records) {
      boolean first = asked.getCount() > 0;
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (first && end == End.FAILED) {
        throw new IllegalStateException("the database did not answer, says a test");
      }
      return records.stream().flatMap(each -> each.events().stream()).map(journal::add).toList();
    }

    @Override
    public StoredEvent note(FleetEvent event) {
      return journal.add(event);
    }

    @Override
    public List<Standing> standings() {
      return List.of();
    }
  }
}
