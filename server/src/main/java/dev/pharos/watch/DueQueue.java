package dev.pharos.watch;

import dev.pharos.fleet.ServerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Which server is due when, and which may be looked at now: one look at a time for each server, at
 * most so many over all, at one host and at child processes. Hosts take turns, so that a full one
 * holds nobody else up; looks that somebody waits for go first, and have room of their own.
 * Thread-safe: guarded by itself, and no call blocks.
 */
final class DueQueue {
  private final Map<ServerId, Slot> slots = new HashMap<>();
  private final Map<String, Line> lines = new HashMap<>();
  private final TreeSet<Slot> timed = new TreeSet<>(Slot.BY_DUE);
  private final TreeSet<Slot> waiting = new TreeSet<>(Slot.BY_DUE);
  private final Deque<Line> urgentTurns = new ArrayDeque<>();
  private final Deque<Line> ordinaryTurns = new ArrayDeque<>();

  /** Who runs, also those that were removed meanwhile. */
  private final Map<ServerId, Slot> inFlight = new HashMap<>();

  /** Opened when nothing runs any more; null until somebody waits for it. */
  private @Nullable CountDownLatch idle;

  private int maxRunning;
  private int maxPerHost;
  private int maxChildren;

  DueQueue(WatchSettings settings) {
    bound(settings);
  }

  /**
   * A look that is to be made now.
   *
   * @param due when it was to be made
   */
  record Release(ServerId server, Cause cause, long due) {}

  /**
   * The look that has been due for the longest time and was not begun.
   *
   * @param interval between that server's looks, in nanoseconds
   */
  record Oldest(long due, long interval) {}

  /** Obeys other bounds from now on. */
  synchronized void bound(WatchSettings settings) {
    maxRunning = settings.maxInFlight();
    maxPerHost = settings.maxPerHost();
    maxChildren = settings.maxChildren();
    lines.values().forEach(this::takeTurns);
  }

  /** A new server, for which nothing is due yet. */
  synchronized void add(ServerId id, Place place) {
    if (!slots.containsKey(id)) {
      Line line = line(place);
      line.members++;
      slots.put(id, new Slot(id, line));
    }
  }

  /** The server lives elsewhere from now on; a look that runs still counts at the old place. */
  synchronized void move(ServerId id, Place place) {
    Slot slot = slots.get(id);
    if (slot == null || slot.line.place.line().equals(place.line())) {
      return;
    }
    boolean waits = slot.state == Slot.State.WAITING;
    if (waits) {
      unwait(slot);
    }
    Line old = slot.line;
    slot.line = line(place);
    slot.line.members++;
    old.members--;
    forget(old);
    if (waits) {
      queueUp(slot);
    }
  }

  synchronized void remove(ServerId id) {
    Slot slot = slots.remove(id);
    if (slot != null) {
      rest(slot);
      slot.line.members--;
      forget(slot.line);
    }
  }

  /** Sets the next due time of a server that is not due already; {@code NEVER} for none. */
  synchronized void due(ServerId id, long at, long interval) {
    Slot slot = slots.get(id);
    if (slot != null && (slot.state == Slot.State.TIMED || slot.state == Slot.State.RESTING)) {
      rest(slot);
      slot.interval = interval;
      schedule(slot, at, Cause.SCHEDULED);
    }
  }

  /** Nothing is due for the server from now on. */
  synchronized void never(ServerId id) {
    Slot slot = slots.get(id);
    if (slot != null) {
      slot.againAt = Times.NEVER;
      rest(slot);
    }
  }

  /** Looks no later than that, before others; a server that is being looked at, again. */
  synchronized void ask(ServerId id, long at, Cause cause) {
    Slot slot = slots.get(id);
    if (slot == null) {
      return;
    }
    switch (slot.state) {
      case RESTING, TIMED -> {
        long due = Math.min(at, slot.due);
        Cause why = slot.cause == Cause.SCHEDULED ? cause : slot.cause;
        rest(slot);
        schedule(slot, due, why);
      }
      case WAITING -> {
        if (slot.cause == Cause.SCHEDULED && cause != Cause.SCHEDULED) {
          unwait(slot);
          slot.cause = cause;
          queueUp(slot);
        }
      }
      case RUNNING -> {
        if (at < slot.againAt) {
          slot.againAt = at;
          slot.againCause = cause;
        }
      }
    }
  }

  /** What is to be begun now, as far as there is room. Each must be ended by {@link #done}. */
  synchronized List<Release> take(long now) {
    while (!timed.isEmpty() && timed.first().due <= now) {
      Slot slot = timed.first();
      timed.remove(slot);
      queueUp(slot);
    }
    List<Release> released = new ArrayList<>();
    take(true, maxRunning, released);
    take(false, maxRunning - maxRunning / 8, released);
    return released;
  }

  private void take(boolean hurry, int most, List<Release> released) {
    Deque<Line> turns = hurry ? urgentTurns : ordinaryTurns;
    while (inFlight.size() < most && !turns.isEmpty()) {
      Line line = turns.poll();
      line.stopTaking(hurry);
      Slot slot = line.hasRoom(most(line)) ? line.next(hurry) : null;
      if (slot != null) {
        begin(slot);
        released.add(new Release(slot.id, slot.cause, slot.due));
        slot.cause = Cause.SCHEDULED;
        takeTurns(line);
      }
      forget(line);
    }
  }

  private void begin(Slot slot) {
    waiting.remove(slot);
    slot.state = Slot.State.RUNNING;
    slot.againAt = Times.NEVER;
    slot.entered = slot.line;
    slot.entered.enter();
    inFlight.put(slot.id, slot);
  }

  /**
   * A look ended.
   *
   * @param next when the server is due again, {@code NEVER} for not at all
   */
  synchronized void done(ServerId id, long next, long interval) {
    Slot slot = inFlight.remove(id);
    if (slot == null) {
      throw new IllegalStateException("no look of server " + id.value() + " was running");
    }
    slot.entered.leave();
    slot.state = Slot.State.RESTING;
    slot.due = Times.NEVER;
    slot.interval = interval;
    boolean again = slot.againAt < next;
    if (slots.containsKey(id)) {
      schedule(slot, again ? slot.againAt : next, again ? slot.againCause : Cause.SCHEDULED);
    }
    takeTurns(slot.entered);
    forget(slot.entered);
    if (idle != null && inFlight.isEmpty()) {
      idle.countDown();
    }
  }

  /** Opens when none of the looks that were released runs any more. */
  synchronized CountDownLatch idle() {
    CountDownLatch latch = new CountDownLatch(inFlight.isEmpty() ? 0 : 1);
    idle = latch;
    return latch;
  }

  /** Takes a place at a host for something else than a look; returns false when it is full. */
  synchronized boolean enter(Place place) {
    Line line = line(place);
    boolean room = line.hasRoom(most(line));
    if (room) {
      line.enter();
    }
    forget(line);
    return room;
  }

  /** Gives back what {@link #enter} took. */
  synchronized void leave(Place place) {
    Line line = line(place);
    line.leave();
    takeTurns(line);
    forget(line);
  }

  /** What has been due for the longest time; null when nothing is set. */
  synchronized @Nullable Oldest oldest() {
    Slot first = waiting.isEmpty() ? null : waiting.first();
    Slot next = timed.isEmpty() ? null : timed.first();
    Slot oldest = first == null || (next != null && next.due < first.due) ? next : first;
    return oldest == null ? null : new Oldest(oldest.due, oldest.interval);
  }

  synchronized int running() {
    return inFlight.size();
  }

  synchronized int waiting() {
    return waiting.size();
  }

  private void schedule(Slot slot, long at, Cause cause) {
    if (at != Times.NEVER) {
      slot.due = at;
      slot.cause = cause;
      slot.state = Slot.State.TIMED;
      timed.add(slot);
    }
  }

  private void queueUp(Slot slot) {
    boolean hurry = slot.cause != Cause.SCHEDULED;
    slot.state = Slot.State.WAITING;
    waiting.add(slot);
    slot.line.add(slot, hurry);
    takeTurns(slot.line);
  }

  private void unwait(Slot slot) {
    waiting.remove(slot);
    slot.line.remove(slot);
    slot.state = Slot.State.RESTING;
  }

  /** Takes a slot that does not run out of wherever it is. */
  private void rest(Slot slot) {
    switch (slot.state) {
      case TIMED -> {
        timed.remove(slot);
        slot.state = Slot.State.RESTING;
      }
      case WAITING -> unwait(slot);
      case RESTING, RUNNING -> {
        return;
      }
    }
    slot.due = Times.NEVER;
    slot.cause = Cause.SCHEDULED;
  }

  private void takeTurns(Line line) {
    if (line.hasRoom(most(line))) {
      if (line.startTaking(true)) {
        urgentTurns.add(line);
      }
      if (line.startTaking(false)) {
        ordinaryTurns.add(line);
      }
    }
  }

  private int most(Line line) {
    return line.place.child() ? maxChildren : maxPerHost;
  }

  private Line line(Place place) {
    return lines.computeIfAbsent(place.line(), _ -> new Line(place));
  }

  /** A host of which no server is left costs nothing. */
  private void forget(Line line) {
    if (line.idle()) {
      lines.remove(line.place.line(), line);
    }
  }
}
