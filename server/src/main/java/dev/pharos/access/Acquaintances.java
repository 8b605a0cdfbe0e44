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
  /** After a failure, one of the askers tries again; the others go on with what is known. */
  private static final Duration AWAY = Duration.ofSeconds(5);

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
  private long nextTry;

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
    boolean written = tell(() -> store.add(session));
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
      if (before != null && (isFresh(before) || !mayAsk())) {
        return before.session();
      }
    }
    if (before != null && !before.written() && !tell(() -> store.add(before.session()))) {
      return before.session();
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

  private boolean mayAsk() {
    long now = nanos.getAsLong();
    if (away && now - nextTry < 0) {
      return false;
    }
    nextTry = now + AWAY.toNanos();
    return true;
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
    var _ = tell(() -> store.used(session.key(), at));
  }

  /** Ends a session: at once here, in the store as soon as it is there. */
  void end(String key) {
    synchronized (this) {
      known.remove(key);
      ended.put(key, false);
    }
    endInStore(key);
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

  /** Tells the store of ends that it could not take. */
  void tend() {
    List<String> untold = new ArrayList<>();
    synchronized (this) {
      ended.forEach((key, told) -> {
        if (!told) {
          untold.add(key);
        }
      });
    }
    untold.forEach(this::endInStore);
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
    nextTry = nanos.getAsLong() + AWAY.toNanos();
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
