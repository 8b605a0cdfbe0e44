package dev.pharos.watch;

import dev.pharos.event.EventBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who tells the world of a record: the write that stored it, or, when that takes too long, whoever
 * tells it unstored; never both. Thread-safe.
 */
final class Tellings {
  /**
   * A write that has not answered.
   *
   * @param since on the watch's scale of time
   */
  record Write(List<Unwritten> batch, long since) {}

  private final EventBus bus;

  /** Keeps what is told unstored in its order; taken before any lock of the bus. */
  private final ReentrantLock telling = new ReentrantLock();

  /** Whether a record was told is read and written under this; nothing is called meanwhile. */
  private final ReentrantLock decision = new ReentrantLock();

  private volatile @Nullable Write write;

  Tellings(EventBus bus) {
    this.bus = bus;
  }

  /** A write begins. */
  void begin(List<Unwritten> batch, long now) {
    write = new Write(List.copyOf(batch), now);
  }

  /** The write that runs, if any. */
  @Nullable Write write() {
    return write;
  }

  void end() {
    write = null;
  }

  /**
   * The batch was stored: what of it is still to be told. From here on nobody else tells it. What
   * was published unstored is in the journal now, and no news any more.
   */
  List<StoredEvent> news(Collection<Unwritten> batch, List<StoredEvent> stored) {
    Set<FleetEvent> old = new HashSet<>();
    List<StoredEvent> feed = new ArrayList<>();
    decision.lock();
    try {
      for (Unwritten each : batch) {
        if (each.told()) {
          old.addAll(each.record().events());
        } else {
          each.feed().map(event -> new StoredEvent(0, event)).forEach(feed::add);
          each.told(true);
        }
      }
    } finally {
      decision.unlock();
    }
    List<StoredEvent> news = new ArrayList<>(stored.size() + feed.size());
    stored.stream().filter(each -> !old.contains(each.event())).forEach(news::add);
    news.addAll(feed);
    return news;
  }

  /** Tells records unstored, unless they were told; whoever waits for one waits no more. */
  void tell(List<Unwritten> records) {
    telling.lock();
    try {
      for (Unwritten each : records) {
        if (take(each)) {
          bus.publish(each.unstored());
          each.done();
        }
      }
    } finally {
      telling.unlock();
    }
  }

  private boolean take(Unwritten record) {
    decision.lock();
    try {
      boolean ours = !record.told();
      record.told(true);
      return ours;
    } finally {
      decision.unlock();
    }
  }
}
