package dev.pharos.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InProcessEventBusTest {
  private final InProcessEventBus bus = new InProcessEventBus();
  private final List<Long> heard = Collections.synchronizedList(new ArrayList<>());

  private static StoredEvent event(long id) {
    return new StoredEvent(id, new FleetEvent.MonitorChanged(Instant.EPOCH, "live", "test"));
  }

  private EventBus.Listener listener() {
    return events -> events.forEach(each -> heard.add(each.id()));
  }

  @Test
  void every_listener_hears_every_event_in_order() {
    List<Long> other = new ArrayList<>();
    bus.subscribe(listener());
    bus.subscribe(events -> events.forEach(each -> other.add(each.id())));

    bus.publish(List.of(event(1), event(2)));
    bus.publish(List.of(event(3)));

    assertThat(heard).containsExactly(1L, 2L, 3L);
    assertThat(other).containsExactly(1L, 2L, 3L);
  }

  @Test
  void who_unsubscribed_hears_nothing_more() {
    EventBus.Subscription subscription = bus.subscribe(listener());
    bus.publish(List.of(event(1)));

    subscription.close();
    subscription.close();
    bus.publish(List.of(event(2)));

    assertThat(heard).containsExactly(1L);
  }

  @Test
  void a_listener_that_fails_does_not_keep_events_from_the_others() {
    bus.subscribe(_ -> {
      throw new IllegalStateException("a bug, planted by a test");
    });
    bus.subscribe(listener());

    bus.publish(List.of(event(1)));

    assertThat(heard).containsExactly(1L);
  }

  @Test
  void what_a_listener_publishes_comes_after_what_it_hears_for_everybody() {
    bus.subscribe(events -> {
      if (events.getFirst().id() == 1) {
        bus.publish(List.of(event(2)));
      }
    });
    bus.subscribe(listener());

    bus.publish(List.of(event(1)));

    assertThat(heard).containsExactly(1L, 2L);
  }

  @Test
  void a_write_that_fails_publishes_nothing() {
    bus.subscribe(listener());

    assertThatThrownBy(() ->
            bus.storeAndPublish(() -> {
              throw new IllegalStateException("disk full");
            }))
        .hasMessage("disk full");
    assertThat(heard).isEmpty();
  }

  @Test
  void writers_side_by_side_are_heard_in_the_order_of_their_ids() throws InterruptedException {
    bus.subscribe(listener());
    AtomicLong ids = new AtomicLong();
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int n = 0; n < 500; n++) {
                  bus.storeAndPublish(() -> List.of(event(ids.incrementAndGet())));
                }
              }));
    }
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(heard).containsExactlyElementsOf(LongStream.rangeClosed(1, 2_000).boxed().toList());
  }
}
