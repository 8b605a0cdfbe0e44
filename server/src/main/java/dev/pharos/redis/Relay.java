package dev.pharos.redis;

import dev.pharos.event.EventJournal;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.trace.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Puts the journal into the stream: every event once, in order. How far it got stands in Redis
 * itself, in a marker that changes together with the stream or not at all, and only from the value
 * that was read: so neither a lost answer nor a second relay can double an event. The database
 * remembers about the same, for a Redis that has forgotten everything. Used by one thread; counts
 * are read by any.
 */
final class Relay implements Worker.Job {
  static final String MARKER = "pharos:relay:last";

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int BATCH = 500;
  private static final int SMALLEST_BATCH = 5;
  private static final Duration NAP = Duration.ofSeconds(1);
  private static final Duration REMEMBER_EACH = Duration.ofSeconds(5);
  private static final long NOWHERE = -1;

  private final EventJournal journal;
  private final Leadership leadership;
  private final RelayMark mark;
  private final Ticker ticker;

  /** The last event that this node knows to be in the stream, while it leads. */
  private long position = NOWHERE;

  /** Whether the position was compared with the journal, which says nothing while it is empty. */
  private boolean checked;

  private boolean leading;
  private int size = BATCH;
  private long remembered = NOWHERE;
  private long rememberAt;
  private final AtomicLong published = new AtomicLong();
  private volatile long lag;

  Relay(EventJournal journal, Leadership leadership, RelayMark mark, Ticker ticker) {
    this.journal = journal;
    this.leadership = leadership;
    this.mark = mark;
    this.ticker = ticker;
    this.rememberAt = ticker.nanos();
  }

  long published() {
    return published.get();
  }

  long lag() {
    return lag;
  }

  @Override
  public void turn(Worker worker) throws InterruptedException {
    leading = leadership.mine();
    if (leading) {
      boolean more = true;
      while (more && !worker.alarm().over()) {
        more = publish(worker);
      }
      remember(false);
    } else {
      remember(true);
      position = NOWHERE;
      lag = 0;
      worker.rest();
    }
    worker.alarm().sleep(NAP);
  }

  @Override
  public void failed() {
    // Perhaps it was too much at once for a narrow way.
    size = Math.max(SMALLEST_BATCH, size / 4);
    try {
      lag = leading ? behind() : 0;
    } catch (RuntimeException e) {
      // The database is away too.
    }
  }

  /** Remembers the place in the database, when it stops. */
  void end() {
    remember(true);
  }

  /** Publishes one batch; returns whether there may be more. */
  private boolean publish(Worker worker) {
    Wire wire = worker.wire();
    position = agree(wire);
    List<StoredEvent> batch = journal.after(position, EventJournal.Filter.ALL, size);
    boolean full = batch.size() == size;
    boolean done = batch.isEmpty() || append(wire, batch);
    if (done && !batch.isEmpty()) {
      position = batch.getLast().id();
      published.addAndGet(batch.size());
      size = Math.min(BATCH, size * 2);
    }
    worker.fine();
    lag = full ? behind() : 0;
    return (full || !done) && leadership.mine();
  }

  private long behind() {
    return Math.max(0, journal.newest() - (position == NOWHERE ? fromDatabase() : position));
  }

  /** Where to go on from: what Redis says, and where it has forgotten, what is remembered. */
  private long agree(Wire wire) {
    List<@Nullable Object> answers =
        wire.askAll(
            List.of(
                new Command(Protocol.Command.UNWATCH),
                new Command(Protocol.Command.WATCH, MARKER),
                new Command(Protocol.Command.GET, MARKER)));
    refuse(answers);
    long marker = number(Wire.text(answers.get(2)));
    if (marker == position && marker != NOWHERE && checked) {
      return marker;
    }
    if (marker == NOWHERE) {
      long place = position != NOWHERE && checked ? position : fromDatabase();
      checked = true;
      return place;
    }
    long newest = journal.newest();
    // One that is empty may have been cut, or have just begun: its first event will tell.
    checked = newest != 0;
    if (checked && marker > newest) {
      long place = fromDatabase();
      LOG.atWarn()
          .addKeyValue("marker", marker)
          .addKeyValue("newest", newest)
          .addKeyValue("place", place)
          .log("The marker in Redis belongs to another journal; it is set anew");
      return place;
    }
    return marker;
  }

  private long fromDatabase() {
    long newest = journal.newest();
    OptionalLong found = mark.read();
    return found.isPresent() ? Math.min(found.getAsLong(), newest) : newest;
  }

  /**
   * Appends all and moves the marker, or does nothing.
   *
   * @return false when the marker had been moved by somebody else
   */
  private boolean append(Wire wire, List<StoredEvent> batch) {
    List<Command> commands = new ArrayList<>(batch.size() + 3);
    commands.add(new Command(Protocol.Command.MULTI));
    batch.forEach(each -> commands.add(Entry.add(each)));
    commands.add(new Command(Protocol.Command.SET, MARKER, Long.toString(batch.getLast().id())));
    commands.add(new Command(Protocol.Command.EXEC));
    List<@Nullable Object> answers = wire.askAll(commands);
    refuse(answers);
    if (!(answers.getLast() instanceof List<?> done)) {
      return false;
    }
    for (int i = 0; i < done.size(); i++) {
      if (done.get(i) instanceof JedisDataException e) {
        moveBack(wire, i == 0 ? position : batch.get(Math.min(i, batch.size()) - 1).id());
        throw e;
      }
    }
    return true;
  }

  /** A command failed within the transaction, which goes on then: better doubled than lost. */
  private static void moveBack(Wire wire, long place) {
    var _ = wire.ask(new Command(Protocol.Command.SET, MARKER, Long.toString(place)));
  }

  private static void refuse(List<@Nullable Object> answers) {
    for (Object answer : answers) {
      if (answer instanceof JedisDataException e) {
        throw e;
      }
    }
  }

  private void remember(boolean now) {
    boolean due = ticker.nanos() - rememberAt >= REMEMBER_EACH.toNanos();
    if (position == NOWHERE || !checked || position == remembered || !(due || now)) {
      return;
    }
    rememberAt = ticker.nanos();
    try {
      mark.write(position);
      remembered = position;
    } catch (RuntimeException e) {
      LOG.atDebug().setCause(e).log("The place in the journal could not be remembered");
    }
  }

  private static long number(@Nullable String text) {
    try {
      return text == null ? NOWHERE : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return NOWHERE;
    }
  }
}
