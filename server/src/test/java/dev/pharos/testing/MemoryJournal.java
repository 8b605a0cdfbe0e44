package dev.pharos.testing;

import dev.pharos.event.EventJournal;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * A journal in memory that a test can take away for a while, or let hang. Thread-safe: guarded by
 * itself.
 */
public final class MemoryJournal implements EventJournal {
  private final List<StoredEvent> events = new ArrayList<>();
  private boolean away;
  private volatile CountDownLatch hanging = new CountDownLatch(0);

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

  /** From now on who goes forward in it waits until the latch is counted down. */
  public CountDownLatch hang() {
    CountDownLatch latch = new CountDownLatch(1);
    hanging = latch;
    return latch;
  }

  @Override
  public List<StoredEvent> after(long cursor, Filter filter, int limit) {
    try {
      hanging.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return read(cursor, filter, limit);
  }

  private synchronized List<StoredEvent> read(long cursor, Filter filter, int limit) {
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
