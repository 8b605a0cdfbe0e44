package dev.pharos.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Those who wait for one host, or for a child process, in two lanes. Guarded by its queue. */
final class Line {
  final Place place;
  private final Lane urgent = new Lane();
  private final Lane ordinary = new Lane();
  private int running;

  /** How many servers live here. */
  int members;

  /** Who waits, and whether the line takes its turns. */
  private static final class Lane {
    final Deque<Slot> slots = new ArrayDeque<>(4);
    boolean taking;
  }

  Line(Place place) {
    this.place = place;
  }

  private Lane lane(boolean hurry) {
    return hurry ? urgent : ordinary;
  }

  void add(Slot slot, boolean hurry) {
    lane(hurry).slots.add(slot);
  }

  void remove(Slot slot) {
    urgent.slots.remove(slot);
    ordinary.slots.remove(slot);
  }

  @Nullable Slot next(boolean hurry) {
    return lane(hurry).slots.poll();
  }

  void enter() {
    running++;
  }

  void leave() {
    running--;
  }

  boolean hasRoom(int most) {
    return running < most;
  }

  /** Whether it should take turns from now on: somebody waits, and it does not yet. */
  boolean startTaking(boolean hurry) {
    Lane lane = lane(hurry);
    boolean starts = !lane.taking && !lane.slots.isEmpty();
    lane.taking |= starts;
    return starts;
  }

  void stopTaking(boolean hurry) {
    lane(hurry).taking = false;
  }

  boolean idle() {
    return members == 0
        && running == 0
        && urgent.slots.isEmpty()
        && ordinary.slots.isEmpty()
        && !urgent.taking
        && !ordinary.taking;
  }
}
