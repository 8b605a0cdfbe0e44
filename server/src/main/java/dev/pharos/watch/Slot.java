package dev.pharos.watch;

import dev.pharos.fleet.ServerId;
import java.util.Comparator;

/** One server in the queue. Guarded by its queue. */
final class Slot {
  static final Comparator<Slot> BY_DUE =
      Comparator.<Slot>comparingLong(slot -> slot.due).thenComparingLong(slot -> slot.id.value());

  /** Where a slot is. */
  enum State {
    /** Nothing is due. */
    RESTING,
    /** Its time is set. */
    TIMED,
    /** Its time has come, and it waits for room. */
    WAITING,
    RUNNING
  }

  final ServerId id;
  Line line;

  /** The line whose place it takes while it runs: it may have moved meanwhile. */
  Line entered;

  State state = State.RESTING;
  long due = Times.NEVER;

  /** Between this look and the one before, as planned: what "late" is measured by. */
  long interval;

  Cause cause = Cause.SCHEDULED;

  /** While running: when to look again, sooner than the look itself will say. */
  long againAt = Times.NEVER;

  Cause againCause = Cause.SCHEDULED;

  Slot(ServerId id, Line line) {
    this.id = id;
    this.line = line;
    this.entered = line;
  }
}
