package dev.pharos.watch;

import dev.pharos.event.EventBus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happened and publishes it then, in order: on each beat, and at once where something
 * changed. While the store takes nothing, or does not answer, events are published unstored; what
 * failed is tried again each second. Thread-safe: one writes at a time.
 */
final class Scribe {
  private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Nobody waits longer for an event because of a store that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** So long a store may be busy before the world is told that nothing is stored. */
  private static final Duration BUSY = Duration.ofSeconds(5);

  private final Times times;
  private final Pulse pulse;
  private final CheckStore store;
  private final EventBus bus;
  private final Announcer announcer;
  private final Backlog backlog;
  private final Tellings tellings;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean called = new AtomicBoolean();
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile boolean overdue;
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
    this.tellings = new Tellings(bus);
  }

  /** Whether the store takes nothing now. */
  boolean failing() {
    return failing.get();
  }

  /** Writes soon, on another thread; calls that come close together share one. */
  void hurry() {
    // Who cannot be written now is told by the beats.
    if (!failing.get() && !overdue && called.compareAndSet(false, true)) {
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
      while (goesOn && (!failing.get() || times.now() >= retryAt)) {
        goesOn = writeBatch();
      }
      if (failing.get()) {
        tellings.tell(backlog.all());
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * Tells what waits for a write that does not answer. It may still be written: then it is in the
   * journal, and not told again. Called by one beat, beside the writing.
   */
  void tellOverdue() {
    Tellings.Write write = tellings.write();
    overdue = write != null && times.now() - write.since() >= PATIENCE.toNanos();
    if (write == null || !overdue) {
      return;
    }
    if (times.now() - write.since() >= BUSY.toNanos()) {
      sayFailing("the database does not answer", null);
    }
    tellings.tell(write.batch());
    tellings.tell(backlog.all());
  }

  /** Writes one batch; returns whether there may be more to write now. */
  private boolean writeBatch() {
    List<Unwritten> batch = backlog.take();
    if (batch.isEmpty()) {
      return false;
    }
    tellings.begin(batch, times.now());
    try {
      bus.storeAndPublish(
          () -> tellings.news(batch, store.write(batch.stream().map(Unwritten::record).toList())));
    } catch (RuntimeException e) {
      backlog.putBack(batch);
      retryAt = times.after(RETRY);
      sayFailing("Results cannot be written; they are kept for now", e);
      return false;
    } finally {
      tellings.end();
    }
    if (failing.compareAndSet(true, false)) {
      announcer.say("store_back", "results are written again");
    }
    batch.forEach(Unwritten::done);
    return true;
  }

  private void sayFailing(String why, @Nullable RuntimeException cause) {
    if (failing.compareAndSet(false, true)) {
      LOG.atError().setCause(cause).log(why);
      announcer.sayUnstored(
          "store_failing", "results cannot be written; checks go on, and the newest are kept");
    }
  }
}
