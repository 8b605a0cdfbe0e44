package dev.pharos.access;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where sessions are kept, by this process alone or by all that share a fleet. Thread-safe. Throws
 * an unchecked exception when it cannot be reached, after some seconds at most; then nothing of the
 * call holds.
 */
public interface SessionStore {
  /** As many are kept; of more, those that were not used for longest give way. */
  int MOST = 1_000;

  /** Keeps a session, whether or not it was kept before. */
  void add(LoginSession session);

  Optional<LoginSession> find(String key);

  /** Notes a use, unless a later one is noted, or the session is gone. */
  void used(String key, Instant at);

  /** Ends a session; there may be none. */
  void remove(String key);

  /** Ends all sessions but some. */
  void retain(Predicate<LoginSession> which);
}
