package dev.pharos;

import dev.pharos.event.EventBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.http.MonitorView;
import dev.pharos.store.Stores;
import dev.pharos.watch.Watch;
import dev.pharos.watch.WatchStats;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the monitor does: what the watch says of itself, since when by what it announced. */
final class MonitorState implements MonitorView {
  private record Said(String state, Instant since, String message) {}

  private final Watch watch;
  private final Stores stores;
  private volatile Said said;

  MonitorState(Watch watch, Stores stores, EventBus bus, InstantSource clock) {
    this.watch = watch;
    this.stores = stores;
    this.said = new Said("live", clock.instant(), "");
    var _ = bus.subscribe(this::heard);
  }

  private void heard(List<StoredEvent> events) {
    for (StoredEvent each : events) {
      if (each.event() instanceof FleetEvent.MonitorChanged changed) {
        said = new Said(changed.state(), changed.at(), changed.message());
      }
    }
  }

  @Override
  public State state() {
    WatchStats stats = watch.stats();
    Said last = said;
    String state = name(stats);
    boolean announced = last.state().equals(state);
    return new State(
        state,
        last.since(),
        announced && !state.equals("live") ? last.message() : message(stats),
        Duration.ofNanos(stats.lateness().p99() * 1_000));
  }

  /** Of several troubles the one that weighs most: nothing seen, nothing kept, seen late. */
  private static String name(WatchStats stats) {
    if (stats.blind()) {
      return "blind";
    }
    if (stats.storeFailing()) {
      return "store_full";
    }
    return stats.late() ? "late" : "live";
  }

  private static String message(WatchStats stats) {
    if (stats.blind()) {
      return "our own network is down: nothing is known of the servers";
    }
    if (stats.storeFailing()) {
      return "results cannot be written; checks go on, and the newest are kept";
    }
    return stats.late() ? "looks are made later than they are due" : "";
  }

  @Override
  public Map<String, String> readiness() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("store", watch.stats().storeFailing() ? "results cannot be written" : readable());
    parts.put("watch", watch.stats().late() ? "looks are made later than they are due" : "ok");
    return parts;
  }

  private String readable() {
    try {
      var _ = stores.events().newest();
      return "ok";
    } catch (RuntimeException e) {
      return "the database cannot be read";
    }
  }
}
