package dev.pharos.event;

import dev.pharos.fleet.FleetEvent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the listeners were told of late, so that an event which comes by two ways is told once:
 * published while the store took nothing, and later in the journal. Bounded: what was told longest
 * ago is forgotten first. Not thread-safe.
 */
final class Told {
  private final int maxUnstored;
  private final int maxJournaled;
  private final Set<FleetEvent> unstored = new LinkedHashSet<>();
  private final Set<FleetEvent> journaled = new LinkedHashSet<>();

  Told(int maxUnstored, int maxJournaled) {
    this.maxUnstored = maxUnstored;
    this.maxJournaled = maxJournaled;
  }

  /** An event is told that is not stored, and may be later. */
  void unstored(FleetEvent event) {
    if (!neverStored(event)) {
      add(unstored, asJournaled(event), maxUnstored);
    }
  }

  /**
   * The journal brings an event.
   *
   * @return whether it is news
   */
  boolean journaled(FleetEvent event) {
    add(journaled, event, maxJournaled);
    return !unstored.remove(event);
  }

  /** Whether an event that is not stored was told already, by either way. */
  boolean knows(FleetEvent event) {
    if (neverStored(event)) {
      return false;
    }
    FleetEvent same = asJournaled(event);
    return unstored.contains(same) || journaled.contains(same);
  }

  private static boolean neverStored(FleetEvent event) {
    return event instanceof FleetEvent.Checked;
  }

  /** As the journal gives it back: its instants are coarser. */
  private static FleetEvent asJournaled(FleetEvent event) {
    return EventJson.read(EventJson.write(event));
  }

  private static void add(Set<FleetEvent> events, FleetEvent event, int max) {
    events.remove(event);
    events.add(event);
    Iterator<FleetEvent> oldest = events.iterator();
    while (events.size() > max) {
      oldest.next();
      oldest.remove();
    }
  }
}
