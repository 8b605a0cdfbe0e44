package dev.pharos.testing;

import dev.pharos.event.EventJournal;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A journal in memory that a test can take away for a while. Thread-safe: guarded by itself. */
public final class MemoryJournal implements EventJournal {
  private final List<StoredEvent> events = new ArrayList<>();
  private boolean away;

  /** Appends an event. */
  public synchronized StoredEvent add(FleetEvent event) {
    StoredEvent stored = new StoredEvent(events.size() + 1, event);
    events.add(stored);
    return stored;
  }

  /** From now on nothing can be read, or again. */
  public synchronized void away(boolean now) {
    away = now;
  }

  @Override
  public synchronized List<StoredEvent> after(long cursor, Filter filter, int limit) {
    return matching(filter).filter(each -> each.id() > cursor).limit(limit).toList();
  }

  @Override
  public synchronized List<StoredEvent> before(long cursor, Filter filter, int limit) {
    List<StoredEvent> found = matching(filter).filter(each -> each.id() < cursor).toList();
    return found.reversed().stream().limit(limit).toList();
  }

  @Override
  public synchronized long newest() {
    return matching(Filter.ALL).count();
  }

  @Override
  public synchronized long oldest() {
    return Math.min(1, newest());
  }

  private Stream<StoredEvent> matching(Filter filter) {
    if (away) {
      throw new IllegalStateException("the database is away, says a test");
    }
    return events.stream()
        .filter(each -> filter.server() == null || filter.server().equals(each.event().server()))
        .filter(each -> filter.type() == null || filter.type().equals(each.event().type()));
  }
}
