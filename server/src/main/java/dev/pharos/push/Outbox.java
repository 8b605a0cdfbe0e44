package dev.pharos.push;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client. Publishers put in and never wait; the client's thread takes out.
 * Bounded: results of looks replace older ones of the same server, and when more journal events
 * wait than the bound, none are kept: the client is <i>behind</i> and reads them from the journal.
 * Thread-safe.
 */
final class Outbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Object, Message> waiting = new LinkedHashMap<>();
  private final int bound;
  private final Tally tally;
  private int journaled;
  private long heard;
  private boolean behind = true;
  private boolean ended;

  /** Begins behind: until the client has found its place in the journal. */
  Outbox(int bound, Tally tally) {
    this.bound = bound;
    this.tally = tally;
  }

  /** Never waits. */
  void offer(List<Message> messages, Wanted wanted) {
    lock.lock();
    try {
      for (Message message : messages) {
        if (wanted.accepts(message)) {
          add(message);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(Message message) {
    if (ended) {
      return;
    }
    if (!message.journaled()) {
      // Taken out first, so that it goes to the end: the order of time is kept.
      if (waiting.remove(message.key()) != null) {
        tally.coalesced.increment();
      }
      waiting.put(message.key(), message);
      return;
    }
    heard = Math.max(heard, message.id());
    if (behind) {
      return;
    }
    if (journaled == bound) {
      behind = true;
      journaled = 0;
      waiting.values().removeIf(Message::journaled);
      tally.overflows.increment();
      return;
    }
    if (waiting.put(message.key(), message) == null) {
      journaled++;
    }
  }

  /**
   * The next message; null when none came in time, when the client fell behind, or when all is
   * over.
   */
  @Nullable Message take(Duration wait) throws InterruptedException {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (waiting.isEmpty() && !behind && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return behind || ended ? null : first();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Message first() {
    var entries = waiting.values().iterator();
    if (!entries.hasNext()) {
      return null;
    }
    Message message = entries.next();
    entries.remove();
    journaled -= message.journaled() ? 1 : 0;
    return message;
  }

  /**
   * Goes over to live events when nothing was heard that comes after {@code position}.
   *
   * @return whether it is live now
   */
  boolean live(long position) {
    lock.lock();
    try {
      behind = heard > position;
      return !behind;
    } finally {
      lock.unlock();
    }
  }

  boolean behind() {
    lock.lock();
    try {
      return behind;
    } finally {
      lock.unlock();
    }
  }

  /** Waits; not longer than until all is over. */
  void rest(Duration wait) throws InterruptedException {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (!ended && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything and wakes the client's thread for the last time. */
  void end() {
    lock.lock();
    try {
      ended = true;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean ended() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }
}
