package dev.pharos.event;

import dev.pharos.event.EventBus.Listener;
import dev.pharos.event.EventBus.Subscription;
import dev.pharos.fleet.StoredEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who listens to a bus. One that fails does not keep events from the others. Thread-safe. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<Listener> all = new CopyOnWriteArrayList<>();

  Subscription add(Listener listener) {
    // Each subscription ends for itself, though one listener may have several.
    Listener own = events -> tell(listener, events);
    all.add(own);
    return () -> all.remove(own);
  }

  void tell(List<StoredEvent> events) {
    for (Listener listener : all) {
      listener.heard(events);
    }
  }

  private static void tell(Listener listener, List<StoredEvent> events) {
    try {
      listener.heard(events);
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .log("A listener of the event bus failed; please report it. The others heard the events");
    }
  }
}
