package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.event.InProcessEventBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.ServerId;
import dev.pharos.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final ManualTime time = new ManualTime();
  private final Times times = new Times(time, time);
  private final DueQueue queue = new DueQueue(WatchSettings.DEFAULT);
  private final List<String> states = new ArrayList<>();
  private final Watchdog watchdog = watchdog();

  private Watchdog watchdog() {
    InProcessEventBus bus = new InProcessEventBus();
    bus.subscribe(events ->
        events.forEach(each -> states.add(((FleetEvent.MonitorChanged) each.event()).state())));
    return new Watchdog(times, queue, new Announcer(times, time, new RecordingStore(), bus));
  }

  @Test
  void two_intervals_late_is_said_once_and_so_is_the_end_of_it() {
    ServerId id = new ServerId(1);
    long interval = Duration.ofSeconds(60).toNanos();
    queue.add(id, Place.of(Fleets.http("http://a.test/")));
    queue.due(id, times.now(), interval);

    for (int second = 0; second < 200; second++) {
      time.advance(Duration.ofSeconds(1));
      watchdog.beat();
      assertThat(watchdog.late()).as("after %d s", second + 1).isEqualTo(second + 1 > 120);
    }
    queue.take(times.now());
    watchdog.beat();

    assertThat(states).containsExactly("late", "live");
    assertThat(watchdog.late()).isFalse();
  }

  @Test
  void a_confirmation_is_not_called_late_after_half_a_second() {
    ServerId id = new ServerId(1);
    queue.add(id, Place.of(Fleets.http("http://a.test/")));
    queue.due(id, times.now(), Duration.ofMillis(250).toNanos());
    time.advance(Duration.ofSeconds(2));

    watchdog.beat();

    assertThat(watchdog.late()).isFalse();
  }

  @Test
  void the_lateness_of_the_newest_looks_is_known() {
    Lateness lateness = new Lateness();
    assertThat(lateness.read()).isEqualTo(new WatchStats.Lateness(0, 0, 0));
    for (int i = 1; i <= 100; i++) {
      lateness.add(i * 1_000_000L);
    }

    assertThat(lateness.read()).isEqualTo(new WatchStats.Lateness(50_000, 99_000, 100_000));
    for (int i = 0; i < 4_096; i++) {
      lateness.add(0);
    }
    assertThat(lateness.read().max()).as("the old ones are forgotten").isZero();
  }
}
