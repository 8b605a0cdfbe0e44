package dev.pharos.watch;

import dev.pharos.event.EventBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the world of the monitor's own state. Thread-safe. */
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  private final Times times;
  private final CheckStore store;
  private final EventBus bus;

  Announcer(Times times, CheckStore store, EventBus bus) {
    this.times = times;
    this.store = store;
    this.bus = bus;
  }

  /** Stores and publishes a state; when the store does not take it, only publishes it. */
  void say(String state, String message) {
    FleetEvent event = event(state, message);
    try {
      bus.storeAndPublish(() -> List.of(store.note(event)));
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("The monitor's own state could not be stored");
      bus.publish(List.of(new StoredEvent(0, event)));
    }
  }

  /** Publishes a state without storing it. */
  void sayUnstored(String state, String message) {
    bus.publish(List.of(new StoredEvent(0, event(state, message))));
  }

  private FleetEvent event(String state, String message) {
    LOG.atWarn()
        .addKeyValue("state", state)
        .addKeyValue("why", message)
        .log("State of the monitor");
    return new FleetEvent.MonitorChanged(times.instant(), state, message);
  }
}
