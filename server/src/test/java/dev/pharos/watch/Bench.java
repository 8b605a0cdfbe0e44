package dev.pharos.watch;

import dev.pharos.capability.Catalogue;
import dev.pharos.capability.InProcessCapabilityCache;
import dev.pharos.event.InProcessEventBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A watch in manual time over simulated servers, with all that it tells. */
final class Bench {
  final ManualTime time = new ManualTime();
  final SimulatedEye eye = new SimulatedEye(time);
  final RecordingStore store = new RecordingStore();
  final List<StoredEvent> heard = new ArrayList<>();
  final List<Instant> knocks = new ArrayList<>();
  final Set<Door> open = new HashSet<>();
  final Watch watch;

  Bench() {
    this(WatchSettings.DEFAULT);
  }

  Bench(WatchSettings settings) {
    InProcessEventBus bus = new InProcessEventBus();
    bus.subscribe(heard::addAll);
    Catalogue catalogue = new Catalogue(store, new InProcessCapabilityCache(time), time);
    watch =
        new Watch(
            new WatchPorts(eye, this::knock, store, catalogue, bus, time, time, time), settings);
  }

  private boolean knock(Door door, Duration within) {
    knocks.add(time.instant());
    return open.contains(door);
  }

  Bench start(Standing... standings) {
    watch.start(List.of(standings));
    return this;
  }

  /** Started with one server that was looked at and is healthy. */
  static Bench withOneHealthy(Standing standing) {
    Bench bench = new Bench().start();
    bench.watch.added(standing);
    bench.pass(1);
    return bench;
  }

  void pass(long seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }

  void passMillis(long millis) {
    time.advance(Duration.ofMillis(millis));
  }

  SimulatedEye.Simulated server(long id) {
    return eye.of(id);
  }

  Health health(long id) {
    return standing(id).memory().health();
  }

  Standing standing(long id) {
    return watch.standing("server-" + id).orElseThrow();
  }

  /** All events that were published, those of looks left out. */
  List<FleetEvent> news() {
    return heard.stream()
        .map(StoredEvent::event)
        .filter(event -> !(event instanceof FleetEvent.Checked))
        .toList();
  }

  <T extends FleetEvent> Stream<T> heard(Class<T> type) {
    return heard.stream().map(StoredEvent::event).filter(type::isInstance).map(type::cast);
  }

  /** The states that the monitor told of itself. */
  List<String> states() {
    return heard(FleetEvent.MonitorChanged.class).map(FleetEvent.MonitorChanged::state).toList();
  }

  /** The seconds between the looks at a server. */
  List<Double> gaps(long id) {
    List<Instant> times = server(id).times();
    List<Double> gaps = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      gaps.add(Duration.between(times.get(i - 1), times.get(i)).toMillis() / 1_000.0);
    }
    return gaps;
  }
}
