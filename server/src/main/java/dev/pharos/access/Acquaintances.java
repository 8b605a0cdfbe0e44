package dev.pharos.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that this node knows, before the store: what the store said is good for a few
 * seconds, and for longer while the store is away. What the store could not take is kept until it
 * can. Bounded. Thread-safe.
 */
final class Acquaintances {
  /** The key of no session. */
  private static final String NOBODY = "";

  private static final Logger LOG = LoggerFactory.getLogger(Acquaintances.class);

  /** A session with when the store was asked for it; {@code written} tells whether it was. */
  private record Known(LoginSession session, long askedAt, boolean written) {}

  private final SessionStore store;
  private final Duration fresh;
  private final LongSupplier nanos;
  private final Map<String, Known> known = bounded();

  /** Sessions that were ended here, with whether the store knows it: an id is never given again. */
  private final Map<String, Boolean> ended = bounded();

  private boolean away;

  /**
   * @param fresh how long what the store said is taken for granted
   * @param nanos elapsed time in nanoseconds, which never goes back
   */
  Acquaintances(SessionStore store, Duration fresh, LongSupplier nanos) {
    this.store = store;
    this.fresh = fresh;
    this.nanos = nanos;
  }

  /** Takes a new session; while the store is away it is good at this node only. */
  void add(LoginSession session) {
    boolean written = !isAway() && tell(() -> store.add(session));
    synchronized (this) {
      known.put(session.key(), new Known(session, nanos.getAsLong(), written));
    }
  }

  /** A session that was not ended; throws what the store throws for one that is not known here. */
  @Nullable LoginSession find(String key) {
    Known before;
    synchronized (this) {
      if (ended.containsKey(key)) {
        return null;
      }
      before = known.get(key);
      // Nobody waits for a store that is away: whether it is back is found out beside.
      if (before != null && (away || !before.written() || isFresh(before))) {
        return before.session();
      }
    }
    try {
      return learn(key, store.find(key));
    } catch (RuntimeException e) {
      failed();
      if (before == null) {
        throw e;
      }
      return before.session();
    }
  }

  private boolean isFresh(Known one) {
    return nanos.getAsLong() - one.askedAt() < fresh.toNanos();
  }

  private synchronized @Nullable LoginSession learn(String key, Optional<LoginSession> row) {
    away = false;
    if (row.isEmpty() || ended.containsKey(key)) {
      known.remove(key);
      return null;
    }
    Known before = known.get(key);
    LoginSession session =
        before != null && before.session().usedAt().isAfter(row.get().usedAt())
            ? row.get().usedAt(before.session().usedAt())
            : row.get();
    known.put(key, new Known(session, nanos.getAsLong(), true));
    return session;
  }

  void used(LoginSession session, Instant at) {
    synchronized (this) {
      known.computeIfPresent(
          session.key(),
          (_, one) -> new Known(one.session().usedAt(at), one.askedAt(), one.written()));
    }
    if (!isAway()) {
      var _ = tell(() -> store.used(session.key(), at));
    }
  }

  /** Ends a session: at once here, in the store as soon as it is there. */
  void end(String key) {
    synchronized (this) {
      known.remove(key);
      ended.put(key, false);
    }
    if (!isAway()) {
      endInStore(key);
    }
  }

  private void endInStore(String key) {
    if (tell(() -> store.remove(key))) {
      synchronized (this) {
        ended.put(key, true);
      }
    }
  }

  /** Ends all but some. */
  void retain(Predicate<LoginSession> which) {
    synchronized (this) {
      known.values().removeIf(one -> !which.test(one.session()));
    }
    var _ = tell(() -> store.retain(which));
  }

  /** Finds out whether the store is back, and tells it what it could not take. */
  void tend() {
    if (isAway()) {
      if (!tell(() -> store.find(NOBODY))) {
        return;
      }
      back();
    }
    List<String> untold = new ArrayList<>();
    List<Known> unwritten = new ArrayList<>();
    synchronized (this) {
      ended.forEach((key, told) -> {
        if (!told) {
          untold.add(key);
        }
      });
      known.values().stream().filter(one -> !one.written()).forEach(unwritten::add);
    }
    untold.forEach(this::endInStore);
    unwritten.forEach(this::write);
  }

  private void write(Known one) {
    String key = one.session().key();
    if (tell(() -> store.add(one.session()))) {
      synchronized (this) {
        known.replace(key, one, new Known(one.session(), one.askedAt(), true));
        if (!ended.containsKey(key)) {
          return;
        }
      }
      // Ended while it was written.
      endInStore(key);
    }
  }

  private boolean tell(Runnable word) {
    try {
      word.run();
      return true;
    } catch (RuntimeException e) {
      LOG.atDebug().setCause(e).log("Sessions cannot be written now");
      failed();
      return false;
    }
  }

  private synchronized void failed() {
    away = true;
  }

  private synchronized void back() {
    away = false;
  }

  private synchronized boolean isAway() {
    return away;
  }

  private static <T> Map<String, T> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
        return size() > SessionStore.MOST;
      }
    };
  }
}
