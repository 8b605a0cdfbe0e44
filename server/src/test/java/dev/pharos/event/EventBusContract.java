package dev.pharos.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@code EventBus} does. */
abstract class EventBusContract {
  final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  abstract EventBus bus();

  /** Puts an event into the journal, as a write does. */
  abstract StoredEvent store(FleetEvent event);

  static FleetEvent event(String name) {
    return new FleetEvent.MonitorChanged(Instant.EPOCH, "live", name);
  }

  static StoredEvent feed(String server) {
    return new StoredEvent(
        0,
        new FleetEvent.Checked(
            Instant.EPOCH, server, Health.HEALTHY, Instant.EPOCH, 1L, null, null));
  }

  static EventBus.Listener into(List<String> names) {
    return events -> events.forEach(each -> names.add(name(each.event())));
  }

  static String name(FleetEvent event) {
    return switch (event) {
      case FleetEvent.MonitorChanged it -> it.message();
      case FleetEvent.Checked it -> it.server();
      default -> event.type();
    };
  }

  void storeAndPublish(String name) {
    bus().storeAndPublish(() -> List.of(store(event(name))));
  }

  @Test
  void every_listener_hears_every_event_in_order() {
    List<String> other = new ArrayList<>();
    bus().subscribe(into(heard));
    bus().subscribe(into(other));

    bus().storeAndPublish(() -> List.of(store(event("1")), store(event("2"))));
    bus().publish(List.of(store(event("3"))));

    assertThat(heard).containsExactly("1", "2", "3");
    assertThat(other).containsExactly("1", "2", "3");
  }

  @Test
  void what_is_in_no_journal_is_heard_too_and_comes_after_what_was_stored_with_it() {
    bus().subscribe(into(heard));

    bus().storeAndPublish(() -> List.of(store(event("1")), feed("a")));
    bus().publish(List.of(feed("b")));

    assertThat(heard).containsExactly("1", "a", "b");
  }

  @Test
  void who_unsubscribed_hears_nothing_more() {
    EventBus.Subscription subscription = bus().subscribe(into(heard));
    storeAndPublish("1");

    subscription.close();
    subscription.close();
    storeAndPublish("2");

    assertThat(heard).containsExactly("1");
  }

  @Test
  void a_listener_that_fails_does_not_keep_events_from_the_others() {
    bus()
        .subscribe(_ -> {
          throw new IllegalStateException("a bug, planted by a test");
        });
    bus().subscribe(into(heard));

    storeAndPublish("1");

    assertThat(heard).containsExactly("1");
  }

  @Test
  void what_a_listener_publishes_comes_after_what_it_hears_for_everybody() {
    bus()
        .subscribe(events -> {
          if (name(events.getFirst().event()).equals("1")) {
            storeAndPublish("2");
            bus().publish(List.of(feed("a")));
          }
        });
    bus().subscribe(into(heard));

    storeAndPublish("1");

    assertThat(heard).containsExactly("1", "2", "a");
  }

  @Test
  void a_write_that_fails_publishes_nothing() {
    bus().subscribe(into(heard));

    assertThatThrownBy(() ->
            bus()
                .storeAndPublish(() -> {
                  throw new IllegalStateException("disk full");
                }))
        .hasMessage("disk full");
    assertThat(heard).isEmpty();
  }

  @Test
  void writers_side_by_side_are_heard_in_the_order_of_their_ids() throws InterruptedException {
    List<Long> ids = new ArrayList<>();
    bus().subscribe(events -> events.forEach(each -> ids.add(each.id())));
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String name = "writer " + i;
      writers.add(
          Thread.ofVirtual()
              .start(() -> IntStream.range(0, 250).forEach(_ -> storeAndPublish(name))));
    }
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(ids).hasSize(1_000).isSorted().doesNotHaveDuplicates();
  }
}
