package dev.pharos.watch;

import dev.pharos.fleet.ServerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Records on their way to the store, in the order in which things happened. Bounded: when the store
 * takes nothing, the oldest looks without a flip are forgotten first. Thread-safe: guarded by
 * itself.
 */
final class Backlog {
  static final int BATCH = 500;

  private final Deque<Unwritten> entries = new ArrayDeque<>();
  private int max;
  private long dropped;

  Backlog(int max) {
    this.max = max;
  }

  synchronized void bound(int most) {
    max = most;
  }

  /** Adds an entry; returns whether writing must not wait for the next beat. */
  synchronized boolean add(Unwritten entry) {
    entries.add(entry);
    if (entries.size() > max) {
      shed();
    }
    return entry.presses() || entries.size() >= BATCH;
  }

  /** Takes the oldest entries out, at most a batch. */
  synchronized List<Unwritten> take() {
    List<Unwritten> batch = new ArrayList<>(Math.min(BATCH, entries.size()));
    while (batch.size() < BATCH && !entries.isEmpty()) {
      batch.add(entries.remove());
    }
    return batch;
  }

  /** Puts back what could not be written, in front of all others. */
  synchronized void putBack(List<Unwritten> batch) {
    for (Unwritten entry : batch.reversed()) {
      entries.addFirst(entry);
    }
  }

  /** The server is gone: nothing of it is to be written. */
  synchronized void forget(ServerId id) {
    entries.removeIf(entry -> entry.record().server().equals(id));
  }

  /** All of them, oldest first; they stay. */
  synchronized List<Unwritten> all() {
    return List.copyOf(entries);
  }

  synchronized int size() {
    return entries.size();
  }

  /** How many records were given up for want of room. */
  synchronized long dropped() {
    return dropped;
  }

  /** Makes room by a tenth, so that it is not sought for each new entry. */
  private void shed() {
    int wanted = Math.max(1, max / 10);
    int gone = 0;
    Iterator<Unwritten> oldest = entries.iterator();
    while (gone < wanted && oldest.hasNext()) {
      Unwritten entry = oldest.next();
      if (!entry.weighs()) {
        oldest.remove();
        gone++;
      }
    }
    while (gone < wanted) {
      entries.remove();
      gone++;
    }
    dropped += gone;
  }
}
