package dev.pharos.watch;

import dev.pharos.event.EventBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the world of the monitor's own state. Nobody who says something waits for the store: what
 * it does not take is told unstored, and so is what it has not answered in time. Thread-safe.
 */
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** States change every few seconds at most: more of them is a long outage of the store. */
  private static final int MOST = 100;

  /**
   * A state that is not stored yet.
   *
   * @param since on the watch's scale of time
   * @param told whether the world was told, or is being told
   */
  private record Word(FleetEvent event, long since, AtomicBoolean told) {
    boolean claim() {
      return told.compareAndSet(false, true);
    }
  }

  private final Times times;
  private final CheckStore store;
  private final EventBus bus;
  private final Sideline sideline;

  /** In their order, the one that is being stored among them; guarded by itself. */
  private final Deque<Word> words = new ArrayDeque<>();

  Announcer(Times times, Pulse pulse, CheckStore store, EventBus bus) {
    this.times = times;
    this.store = store;
    this.bus = bus;
    this.sideline = new Sideline(pulse, this::storeAll);
  }

  /** Stores and publishes a state, soon. */
  void say(String state, String message) {
    Word word = new Word(event(state, message), times.now(), new AtomicBoolean());
    synchronized (words) {
      words.add(word);
      if (words.size() > MOST) {
        words.remove();
      }
    }
    sideline.call();
  }

  /** Publishes a state without storing it. */
  void sayUnstored(String state, String message) {
    bus.publish(List.of(new StoredEvent(0, event(state, message))));
  }

  /** Tells what waits for a store that does not answer; called by one beat. */
  void tellOverdue() {
    List<Word> all;
    synchronized (words) {
      all = List.copyOf(words);
    }
    all.stream()
        .filter(word -> times.now() - word.since() >= PATIENCE.toNanos())
        .forEach(this::tell);
  }

  /** Stores what was said; blocks for as long as the store does. */
  void finish() {
    sideline.finish();
  }

  private void storeAll() {
    for (Word word = first(); word != null; word = first()) {
      store(word);
      synchronized (words) {
        words.remove(word);
      }
    }
  }

  private @Nullable Word first() {
    synchronized (words) {
      return words.peek();
    }
  }

  private void store(Word word) {
    try {
      bus.storeAndPublish(() -> {
        StoredEvent stored = store.note(word.event());
        return word.claim() ? List.of(stored) : List.of();
      });
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("The monitor's own state could not be stored");
      tell(word);
    }
  }

  private void tell(Word word) {
    if (word.claim()) {
      bus.publish(List.of(new StoredEvent(0, word.event())));
    }
  }

  private FleetEvent event(String state, String message) {
    LOG.atWarn()
        .addKeyValue("state", state)
        .addKeyValue("why", message)
        .log("State of the monitor");
    return new FleetEvent.MonitorChanged(times.instant(), state, message);
  }
}
