package dev.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.event.JournalBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.FaultProxy;
import dev.pharos.testing.MemoryJournal;
import dev.pharos.trace.Ticker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A node as far as its feed goes; it leads until it is told otherwise. */
final class FeedNode implements AutoCloseable {
  private final List<StoredEvent> heard = Collections.synchronizedList(new ArrayList<>());
  private final List<Boolean> states = Collections.synchronizedList(new ArrayList<>());
  private final MemoryJournal journal;
  private final JournalBus bus;
  private final RedisLink link;
  private final RedisFeed feed;
  private volatile boolean leads = true;

  FeedNode(String name, FaultProxy proxy, MemoryJournal journal, RelayMark mark) {
    this.journal = journal;
    bus = new JournalBus(journal);
    var _ = bus.subscribe(heard::addAll);
    link = Links.open(proxy, state -> states.add(state.connected()));
    feed = new RedisFeed(link, bus, journal, () -> leads, mark, name, Ticker.system());
  }

  FeedNode start() {
    feed.start();
    return this;
  }

  void leads(boolean now) {
    leads = now;
  }

  StoredEvent write(FleetEvent event) {
    List<StoredEvent> stored = new ArrayList<>();
    bus.storeAndPublish(() -> {
      stored.add(journal.add(event));
      return stored;
    });
    return stored.getFirst();
  }

  void publish(StoredEvent event) {
    bus.publish(List.of(event));
  }

  JournalBus bus() {
    return bus;
  }

  RedisLink link() {
    return link;
  }

  RedisCounts counts() {
    return feed.counts();
  }

  /** What was told of the link: whether it is there. */
  List<Boolean> states() {
    return List.copyOf(states);
  }

  List<StoredEvent> heard() {
    return List.copyOf(heard);
  }

  /** Waits until its listeners heard the first so many events of the journal, each once. */
  void hears(int events) {
    Links.eventually(() ->
        assertThat(heard().stream().map(StoredEvent::id).filter(id -> id > 0))
            .hasSize(events)
            .isSorted()
            .doesNotHaveDuplicates());
  }

  /** Waits until it follows the stream. */
  void readsStream() {
    Links.eventually(() -> assertThat(feed.following()).isTrue());
  }

  @Override
  public void close() {
    feed.close();
    link.close();
  }
}
