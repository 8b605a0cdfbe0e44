package dev.pharos.redis;

import dev.pharos.event.EventJson;
import dev.pharos.event.JournalBus;
import dev.pharos.fleet.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Follows the stream for what other nodes have to say. An event of the journal is only a hint to
 * read the journal. After an interruption it goes on where it was, but tells nothing that is older
 * than a few seconds. Used by one thread; the count is read by any.
 */
final class StreamReader implements Worker.Job {
  /** So long a reading waits for something new: also the pulse that tells that Redis lives. */
  static final Duration BLOCK = Duration.ofSeconds(1);

  private static final int BATCH = 500;
  private static final long OLDEST_MILLIS = 5_000;
  private static final int MILLION = 1_000_000;

  private final JournalBus bus;
  private final String node;
  private @Nullable Wire known;
  private String last = "";
  private volatile boolean following;
  private final AtomicLong heard = new AtomicLong();

  StreamReader(JournalBus bus, String node) {
    this.bus = bus;
    this.node = node;
  }

  long heard() {
    return heard.get();
  }

  boolean following() {
    return following;
  }

  @Override
  public void failed() {
    following = false;
  }

  @Override
  public void turn(Worker worker) {
    Wire wire = worker.wire();
    if (wire != known) {
      begin(wire);
      known = wire;
      following = true;
      // What was relayed meanwhile may be passed over here: the journal has it.
      bus.ring();
    }
    List<Entry> entries = read(wire);
    worker.fine();
    if (!entries.isEmpty()) {
      last = entries.getLast().id();
      tell(entries);
    }
  }

  /** Finds the place to begin at, by the clock of Redis, which gives the ids. */
  private void begin(Wire wire) {
    List<?> time = answer(wire.ask(new Command(Protocol.Command.TIME)));
    long millis =
        Long.parseLong(textOf(time.get(0))) * 1_000
            + Long.parseLong(textOf(time.get(1))) * 1_000 / MILLION;
    long oldest = last.isEmpty() ? millis : millis - OLDEST_MILLIS;
    // An id from the future is of another Redis, or of a clock that was wrong.
    if (last.isEmpty() || millis(last) < oldest || millis(last) > millis) {
      last = oldest + "-0";
    }
  }

  private List<Entry> read(Wire wire) {
    Object answer =
        wire.ask(
            new Command(
                Protocol.Command.XREAD,
                "COUNT",
                Integer.toString(BATCH),
                "BLOCK",
                Long.toString(BLOCK.toMillis()),
                "STREAMS",
                Entry.STREAM,
                last));
    List<Entry> entries = new ArrayList<>();
    for (Object stream : answer(answer)) {
      answer(answer(stream).get(1)).forEach(each -> entries.add(Entry.of(each)));
    }
    return entries;
  }

  private void tell(List<Entry> entries) {
    List<StoredEvent> elsewhere = new ArrayList<>();
    long newest = 0;
    for (Entry each : entries) {
      if (each.node() == null) {
        newest = Math.max(newest, each.eventId());
      } else if (!each.node().equals(node)) {
        add(elsewhere, each);
      }
    }
    if (!elsewhere.isEmpty()) {
      heard.addAndGet(elsewhere.size());
      bus.heardElsewhere(elsewhere);
    }
    bus.ring(newest);
  }

  private static void add(List<StoredEvent> events, Entry entry) {
    try {
      events.add(new StoredEvent(0, EventJson.read(entry.data())));
    } catch (RuntimeException e) {
      // Of a newer version, or not ours at all: others may write there too.
    }
  }

  private static List<?> answer(@Nullable Object answer) {
    return answer instanceof List<?> list ? list : List.of();
  }

  private static String textOf(@Nullable Object bytes) {
    String text = Wire.text(bytes);
    if (text == null) {
      throw new JedisDataException("Redis did not answer with its time");
    }
    return text;
  }

  private static long millis(String id) {
    return Long.parseLong(id.substring(0, id.indexOf('-')));
  }
}
