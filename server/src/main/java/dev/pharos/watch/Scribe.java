package dev.pharos.watch;

import dev.pharos.event.EventBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happened and publishes it then, in order: on each beat, and at once where something
 * changed. While the store takes nothing, events are published unstored, and writing is tried again
 * each second. Thread-safe: one writes at a time.
 */
final class Scribe {
  private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Times times;
  private final Pulse pulse;
  private final CheckStore store;
  private final EventBus bus;
  private final Announcer announcer;
  private final Backlog backlog;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean called = new AtomicBoolean();

  private volatile boolean failing;
  private long retryAt;

  Scribe(
      Times times,
      Pulse pulse,
      CheckStore store,
      EventBus bus,
      Announcer announcer,
      Backlog backlog) {
    this.times = times;
    this.pulse = pulse;
    this.store = store;
    this.bus = bus;
    this.announcer = announcer;
    this.backlog = backlog;
  }

  /** Whether the store takes nothing now. */
  boolean failing() {
    return failing;
  }

  /** Writes soon, on another thread; calls that come close together share one. */
  void hurry() {
    if (!failing && called.compareAndSet(false, true)) {
      pulse.run(() -> {
        called.set(false);
        drain();
      });
    }
  }

  /** Writes all that waits. */
  void drain() {
    writing.lock();
    try {
      boolean goesOn = true;
      while (goesOn && (!failing || times.now() >= retryAt)) {
        goesOn = writeBatch();
      }
      if (failing) {
        tellUnstored();
      }
    } finally {
      writing.unlock();
    }
  }

  /** Writes one batch; returns whether there may be more to write now. */
  private boolean writeBatch() {
    List<Unwritten> batch = backlog.take();
    if (batch.isEmpty()) {
      return false;
    }
    try {
      bus.storeAndPublish(() -> write(batch));
    } catch (RuntimeException e) {
      backlog.putBack(batch);
      failed(e);
      return false;
    }
    if (failing) {
      failing = false;
      announcer.say("store_back", "results are written again");
    }
    batch.forEach(Unwritten::tell);
    return true;
  }

  private List<StoredEvent> write(List<Unwritten> batch) {
    List<StoredEvent> stored = store.write(batch.stream().map(Unwritten::record).toList());
    // What was published unstored is in the journal now, and no news any more.
    Set<FleetEvent> old = new HashSet<>();
    List<StoredEvent> news = new ArrayList<>(stored.size() + batch.size());
    for (Unwritten each : batch) {
      if (each.told()) {
        old.addAll(each.record().events());
      }
    }
    stored.stream().filter(each -> !old.contains(each.event())).forEach(news::add);
    for (Unwritten each : batch) {
      if (!each.told()) {
        each.feed().map(event -> new StoredEvent(0, event)).forEach(news::add);
      }
    }
    return news;
  }

  private void failed(RuntimeException e) {
    retryAt = times.after(RETRY);
    if (!failing) {
      failing = true;
      LOG.atError().setCause(e).log("Results cannot be written; they are kept for now");
      announcer.sayUnstored(
          "store_failing", "results cannot be written; checks go on, and the newest are kept");
    }
  }

  private void tellUnstored() {
    for (Unwritten each : backlog.all()) {
      if (!each.told()) {
        bus.publish(each.unstored());
        each.tell();
      }
    }
  }
}
