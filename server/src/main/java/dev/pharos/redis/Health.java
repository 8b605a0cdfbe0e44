package dev.pharos.redis;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the link does, put together from what its parts see: it is lost while any of them cannot work
 * and back when all can. Thread-safe: guarded by itself.
 */
final class Health implements AutoCloseable {
  /** What uses the link all the time, and so notices at once. */
  enum Part {
    READER,
    RELAY,
    FIGURES
  }

  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final InstantSource clock;
  private final LinkListener listener;
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("pharos-redis-state").factory());
  private final Map<Part, String> troubles = new EnumMap<>(Part.class);
  private LinkState state;
  private boolean begun;

  Health(InstantSource clock, LinkListener listener) {
    this.clock = clock;
    this.listener = listener;
    this.state = new LinkState(true, clock.instant(), "");
  }

  synchronized LinkState state() {
    return state;
  }

  /** From now on the listener is told; at once, when the link is lost already. */
  synchronized void begin() {
    begun = true;
    if (!state.connected()) {
      tell();
    }
  }

  synchronized void fine(Part part) {
    if (troubles.remove(part) != null) {
      judge();
    }
  }

  synchronized void failed(Part part, String why) {
    if (!why.equals(troubles.put(part, why))) {
      judge();
    }
  }

  private void judge() {
    Iterator<String> why = troubles.values().iterator();
    boolean connected = !why.hasNext();
    if (connected == state.connected()) {
      state = new LinkState(connected, state.since(), connected ? "" : why.next());
      return;
    }
    state = new LinkState(connected, clock.instant(), connected ? "" : why.next());
    if (connected) {
      LOG.atInfo().log("Redis is back");
    } else {
      LOG.atWarn().addKeyValue("why", state.why()).log("Redis is lost");
    }
    tell();
  }

  private void tell() {
    LinkState now = state;
    if (begun && !teller.isShutdown()) {
      teller.execute(() -> {
        try {
          listener.changed(now);
        } catch (RuntimeException e) {
          LOG.atError().setCause(e).log("The state of Redis could not be told; please report it");
        }
      });
    }
  }

  @Override
  public void close() {
    teller.shutdown();
  }
}
