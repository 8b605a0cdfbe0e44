package dev.pharos.event;

import dev.pharos.fleet.StoredEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The bus within one process: whoever publishes delivers to every listener, one publisher at a
 * time. That nobody is held up by a slow listener is the listener's duty: it queues. Thread-safe.
 */
public final class InProcessEventBus implements EventBus {
  private final Listeners listeners = new Listeners();
  private final ReentrantLock order = new ReentrantLock();

  /** What is still to be delivered; guarded by {@code order}. */
  private final Queue<List<StoredEvent>> waiting = new ArrayDeque<>();

  @Override
  public Subscription subscribe(Listener listener) {
    return listeners.add(listener);
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
      listeners.tell(next);
    }
  }
}
