package dev.pharos.watch;

import dev.pharos.capability.Catalogue;
import dev.pharos.event.EventBus;
import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.Transport;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what servers offer, one after another and beside the looks: none of them waits for a store
 * that does not answer. Of each server the newest reading waits, and of all together as much as
 * there is room for; what was not stored is read again with the server's next look. Thread-safe.
 */
final class Librarian {
  /** In characters of JSON: some thousand servers with some tools each. */
  static final long ROOM = 8_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(Librarian.class);

  /**
   * What a look read.
   *
   * @param from the address it came from: after an edit it is no more the server's
   * @param whole whether an absent list is one that is not offered; else it was only not read
   */
  private record Reading(Transport from, Capabilities lists, boolean whole, Instant at) {
    Reading after(@Nullable Reading older) {
      return whole || older == null || !older.from.equals(from)
          ? this
          : new Reading(from, lists.over(older.lists), older.whole, at);
    }
  }

  private final EventBus bus;
  private final Catalogue catalogue;
  private final Sideline sideline;

  /** In the order in which servers came; guarded by itself, like the two below. */
  private final Map<Post, Reading> waiting = new LinkedHashMap<>();

  private long chars;
  private boolean closed;
  private final AtomicBoolean failing = new AtomicBoolean();

  Librarian(Pulse pulse, EventBus bus, Catalogue catalogue) {
    this.bus = bus;
    this.catalogue = catalogue;
    this.sideline = new Sideline(pulse, this::storeAll);
  }

  /** Takes what a look read; does not wait until it is stored. The caller holds no monitor. */
  void take(Post post, Server server, Capabilities lists, boolean whole, Instant at) {
    if (put(post, new Reading(server.spec().transport(), lists, whole, at))) {
      sideline.call();
    } else {
      missed(post);
    }
  }

  private boolean put(Post post, Reading reading) {
    synchronized (waiting) {
      Reading older = waiting.get(post);
      Reading newest = reading.after(older);
      long grown = newest.lists().chars() - (older == null ? 0 : older.lists().chars());
      // However large, one alone has room.
      if (closed || (chars + grown > ROOM && chars > 0)) {
        return false;
      }
      chars += grown;
      waiting.put(post, newest);
      return true;
    }
  }

  /** Readings that wait. */
  int size() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  /** Stores what waits, and takes nothing more. Blocks for as long as the store does. */
  void finish() {
    synchronized (waiting) {
      closed = true;
    }
    sideline.finish();
  }

  /** Gives up what waits. */
  void close() {
    synchronized (waiting) {
      closed = true;
      waiting.clear();
      chars = 0;
    }
  }

  private void storeAll() {
    for (Map.Entry<Post, Reading> next = oldest(); next != null; next = oldest()) {
      store(next.getKey(), next.getValue());
    }
  }

  private Map.@Nullable Entry<Post, Reading> oldest() {
    synchronized (waiting) {
      Iterator<Map.Entry<Post, Reading>> entries = waiting.entrySet().iterator();
      if (!entries.hasNext()) {
        return null;
      }
      Map.Entry<Post, Reading> oldest = Map.Entry.copyOf(entries.next());
      entries.remove();
      chars -= oldest.getValue().lists().chars();
      return oldest;
    }
  }

  private void store(Post post, Reading reading) {
    String name = nameOf(post, reading.from());
    if (name == null) {
      return;
    }
    try {
      bus.storeAndPublish(() ->
          catalogue.saw(post.id, name, reading.lists(), reading.whole(), reading.at()).stream()
              .toList());
      failing.set(false);
    } catch (RuntimeException e) {
      missed(post);
      say(name, e);
    }
    if (nameOf(post, reading.from()) == null) {
      // It went while it was stored: nothing is known of it here any more.
      catalogue.forget(post.id, name);
    }
  }

  /** The server's name; null when the watch has let it go, or it has another address now. */
  private static @Nullable String nameOf(Post post, Transport from) {
    synchronized (post) {
      boolean same = !post.gone && post.server.spec().transport().equals(from);
      return same ? post.server.spec().name() : null;
    }
  }

  private static void missed(Post post) {
    synchronized (post) {
      post.agenda.missed();
    }
  }

  private void say(String name, RuntimeException cause) {
    if (failing.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("server", name)
          .setCause(cause)
          .log("What servers offer cannot be stored; it is read again with their next looks");
    }
  }
}
