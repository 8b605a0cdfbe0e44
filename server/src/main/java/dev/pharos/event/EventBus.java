package dev.pharos.event;

import dev.pharos.fleet.StoredEvent;
import java.util.List;
import java.util.function.Supplier;

/**
 * The feed: carries events that are already stored to whoever listens. Thread-safe. Events reach a
 * listener in the order of their ids; feed-only ones (id 0) in the order of publishing.
 */
public interface EventBus {
  /** Hears events; called by publishers' threads, one at a time; must not block or throw. */
  @FunctionalInterface
  interface Listener {
    void heard(List<StoredEvent> events);
  }

  /** Ends a subscription; may be called twice. */
  @FunctionalInterface
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** From now on the listener hears every event. */
  Subscription subscribe(Listener listener);

  /** Publishes events. Their place in the journal is secured before. */
  void publish(List<StoredEvent> events);

  /**
   * Writes, and publishes what the write returns, so that the events of a later write do not
   * overtake it on their way to the listeners. What the write throws is passed on, and nothing is
   * published.
   */
  void storeAndPublish(Supplier<List<StoredEvent>> write);
}
