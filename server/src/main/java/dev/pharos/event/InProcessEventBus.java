package dev.pharos.event;

import dev.pharos.fleet.StoredEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus within one process: whoever publishes delivers to every listener, one publisher at a
 * time. That nobody is held up by a slow listener is the listener's duty: it queues. Thread-safe.
 */
public final class InProcessEventBus implements EventBus {
  private static final Logger LOG = LoggerFactory.getLogger(InProcessEventBus.class);

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock order = new ReentrantLock();

  /** What is still to be delivered; guarded by {@code order}. */
  private final Queue<List<StoredEvent>> waiting = new ArrayDeque<>();

  @Override
  public Subscription subscribe(Listener listener) {
    // Each subscription ends for itself, though one listener may have several.
    Listener own = events -> tell(listener, events);
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  @Override
  public void publish(List<StoredEvent> events) {
    storeAndPublish(() -> events);
  }

  @Override
  public void storeAndPublish(Supplier<List<StoredEvent>> write) {
    boolean outermost = !order.isHeldByCurrentThread();
    order.lock();
    try {
      List<StoredEvent> events = write.get();
      if (!events.isEmpty()) {
        waiting.add(List.copyOf(events));
      }
      // What a listener publishes comes after what it is hearing, for the other listeners too.
      if (outermost) {
        deliver();
      }
    } finally {
      order.unlock();
    }
  }

  private void deliver() {
    for (List<StoredEvent> next = waiting.poll(); next != null; next = waiting.poll()) {
      for (Listener listener : listeners) {
        listener.heard(next);
      }
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
