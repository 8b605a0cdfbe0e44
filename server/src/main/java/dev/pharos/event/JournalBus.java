package dev.pharos.event;

import dev.pharos.fleet.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus of one node among several that share a journal. Stored events reach the listeners by way
 * of the journal, whichever node wrote them, and in its order; so no listener ever sees a later one
 * before an earlier one. The others are told at once to the listeners here, and handed to an {@link
 * Outlet} for those of other nodes.
 *
 * <p>A journal that cannot be read delays events and loses none: reading goes on from the same
 * place with the next {@link #ring}, which must therefore come again and again, about each second,
 * also when nothing is known to have happened. Events of no journal never wait for it. Thread-safe;
 * a call that stores or rings may wait for one reading of the journal at a time.
 */
public final class JournalBus implements EventBus {
  /** Takes events that are in no journal to the other nodes; must not block or throw. */
  @FunctionalInterface
  public interface Outlet {
    void offer(List<StoredEvent> events);
  }

  private static final Logger LOG = LoggerFactory.getLogger(JournalBus.class);
  private static final int BATCH = 500;

  /** An outage of the store in which this many things happen at most is told without doubles. */
  private static final int MAX_UNSTORED = 10_000;

  private static final int MAX_JOURNALED = 1_000;

  /**
   * Something to deliver.
   *
   * @param newest an event up to which the journal is to be read first; 0 for none
   * @param events of no journal
   * @param own whether they are this node's own
   */
  private record Parcel(long newest, List<StoredEvent> events, boolean own) {}

  private final EventJournal journal;
  private final Listeners listeners = new Listeners();
  private final AtomicBoolean rung = new AtomicBoolean();

  /** Held while the journal is read, which may take long; taken before the next. */
  private final ReentrantLock reading = new ReentrantLock();

  /** Held while listeners are told, which does not. */
  private final ReentrantLock telling = new ReentrantLock();

  /** What listeners published while they heard something. */
  private final Queue<Parcel> waiting = new ConcurrentLinkedQueue<>();

  /** Guarded by {@code telling}. */
  private final Told told = new Told(MAX_UNSTORED, MAX_JOURNALED);

  /** How often in a row the journal could not be read; written under {@code reading}. */
  private final AtomicInteger failures = new AtomicInteger();

  /** Written under {@code reading}. */
  private volatile long position;

  private volatile Outlet outlet = _ -> {};

  /** A bus that tells what comes into the journal from now on; reads the journal once. */
  public JournalBus(EventJournal journal) {
    this.journal = journal;
    this.position = journal.newest();
  }

  /** From now on, events of no journal go there too. Without it, other nodes do not hear them. */
  public void outlet(Outlet next) {
    outlet = next;
  }

  /** The last event of the journal that the listeners were told, or passed over. */
  public long position() {
    return position;
  }

  @Override
  public Subscription subscribe(Listener listener) {
    return listeners.add(listener);
  }

  @Override
  public void publish(List<StoredEvent> events) {
    take(parcel(events));
  }

  /**
   * Writes, and tells the listeners everything that is in the journal then. Writers do not wait for
   * one another: ids become visible in the order in which writes end, and so they are told.
   */
  @Override
  public void storeAndPublish(Supplier<List<StoredEvent>> write) {
    take(parcel(write.get()));
  }

  /** The journal may have grown: reads it. Calls that come close together share one reading. */
  public void ring() {
    if (rung.compareAndSet(false, true)) {
      take(new Parcel(Long.MAX_VALUE, List.of(), true));
    }
  }

  /** The journal holds an event with this id: reads it, unless that was told already. */
  public void ring(long id) {
    if (id > position) {
      ring();
    }
  }

  /** Tells the listeners events of no journal that another node published. */
  public void heardElsewhere(List<StoredEvent> events) {
    take(new Parcel(0, List.copyOf(events), false));
  }

  private static Parcel parcel(List<StoredEvent> events) {
    long newest = 0;
    List<StoredEvent> unstored = new ArrayList<>();
    for (StoredEvent each : events) {
      newest = Math.max(newest, each.id());
      if (each.id() == 0) {
        unstored.add(each);
      }
    }
    return new Parcel(newest, unstored, true);
  }

  private void take(Parcel parcel) {
    if (telling.isHeldByCurrentThread()) {
      // What a listener publishes comes after what it is hearing, for the other listeners too.
      waiting.add(parcel);
      return;
    }
    for (Parcel next = parcel; next != null; next = waiting.poll()) {
      deliver(next);
    }
  }

  private void deliver(Parcel parcel) {
    if (parcel.newest() > position) {
      catchUp();
    }
    telling.lock();
    try {
      if (parcel.own()) {
        tellOwn(parcel.events());
      } else {
        tellUnstored(parcel.events());
      }
    } finally {
      telling.unlock();
    }
  }

  /** Never fails: what was written is written, and its writer must not think otherwise. */
  private void catchUp() {
    int before = failures.get();
    reading.lock();
    try {
      rung.set(false);
      // Who waited for a reading that failed does not wait for another.
      int now = failures.get();
      if (now == before || now == 0) {
        read();
      }
    } finally {
      reading.unlock();
    }
  }

  private void read() {
    try {
      List<StoredEvent> read;
      do {
        read = journal.after(position, EventJournal.Filter.ALL, BATCH);
        tellJournaled(read);
      } while (read.size() == BATCH);
      failures.set(0);
    } catch (RuntimeException e) {
      if (failures.getAndIncrement() == 0) {
        LOG.atWarn().setCause(e).log("The journal cannot be read; events wait until it can");
      }
    }
  }

  private void tellJournaled(List<StoredEvent> read) {
    if (read.isEmpty()) {
      return;
    }
    telling.lock();
    try {
      List<StoredEvent> news = read.stream().filter(each -> told.journaled(each.event())).toList();
      position = read.getLast().id();
      if (!news.isEmpty()) {
        listeners.tell(news);
      }
    } finally {
      telling.unlock();
    }
  }

  /** The journal may have brought them already: they were written, but who wrote was not told. */
  private void tellOwn(List<StoredEvent> events) {
    List<StoredEvent> news = tellUnstored(events);
    if (!news.isEmpty()) {
      outlet.offer(news);
    }
  }

  private List<StoredEvent> tellUnstored(List<StoredEvent> events) {
    List<StoredEvent> news = events.stream().filter(each -> !told.knows(each.event())).toList();
    if (!news.isEmpty()) {
      news.forEach(each -> told.unstored(each.event()));
      listeners.tell(news);
    }
    return news;
  }
}
