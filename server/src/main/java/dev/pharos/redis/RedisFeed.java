package dev.pharos.redis;

import dev.pharos.event.EventBus;
import dev.pharos.event.EventJournal;
import dev.pharos.event.JournalBus;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.redis.Health.Part;
import dev.pharos.trace.Ticker;
import java.time.Duration;
import java.util.List;

/**
 * The feed through Redis: the stream {@code mcp:status:updates} for other nodes and other programs.
 * One node at a time relays the journal; every node sends what is in no journal and hears what the
 * others send. Redis may come and go: then the stream is late, and what was only a figure is
 * missing. Thread-safe.
 */
public final class RedisFeed implements AutoCloseable {
  private final RedisLink link;
  private final Relay relay;
  private final Figures figures;
  private final StreamReader reader;
  private final Worker relaying;
  private final Worker sending;
  private final Worker reading;
  private final EventBus.Subscription subscription;

  /**
   * Takes its place at the bus; begins with {@link #start}. Not the owner of the link.
   *
   * @param node this process among all: new each time it starts
   */
  public RedisFeed(
      RedisLink link,
      JournalBus bus,
      EventJournal journal,
      Leadership leadership,
      RelayMark mark,
      String node,
      Ticker ticker) {
    this.link = link;
    relay = new Relay(journal, leadership, mark, ticker);
    relaying = new Worker(link, Part.RELAY, Duration.ZERO, relay);
    Alarm alarm = new Alarm();
    figures = new Figures(node, alarm);
    sending = new Worker(link, Part.FIGURES, Duration.ZERO, figures, alarm);
    reader = new StreamReader(bus, node);
    reading = new Worker(link, Part.READER, StreamReader.BLOCK, reader);
    if (mark.read().isEmpty()) {
      // What happens from now on is to be relayed, however long Redis is away.
      mark.write(bus.position());
    }
    bus.outlet(figures);
    subscription = bus.subscribe(this::heard);
  }

  /** Begins to relay, to send and to hear; and to tell when Redis is lost and back. */
  public void start() {
    link.health().begin();
    reading.start();
    relaying.start();
    sending.start();
  }

  public RedisCounts counts() {
    return new RedisCounts(
        relay.published(), figures.sent(), figures.dropped(), reader.heard(), relay.lag());
  }

  /** Whether it follows the stream now, for tests that must not be early. */
  boolean following() {
    return reader.following();
  }

  private void heard(List<StoredEvent> events) {
    if (events.getFirst().id() != 0) {
      relaying.alarm().ring();
    }
  }

  /** Stops; what could not be relayed, the next relay does. */
  @Override
  public void close() {
    subscription.close();
    reading.close();
    sending.close();
    relaying.close();
    relay.end();
  }
}
