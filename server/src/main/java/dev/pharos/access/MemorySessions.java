package dev.pharos.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Sessions of this process: its end ends them. Thread-safe. */
final class MemorySessions implements SessionStore {
  /** In the order of use, for uses are noted within minutes only. */
  private final Map<String, LoginSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

  @Override
  public synchronized void add(LoginSession session) {
    sessions.put(session.key(), session);
    if (sessions.size() > MOST) {
      sessions.values().stream()
          .min(Comparator.comparing(LoginSession::usedAt))
          .map(LoginSession::key)
          .ifPresent(sessions::remove);
    }
  }

  @Override
  public synchronized Optional<LoginSession> find(String key) {
    return Optional.ofNullable(sessions.get(key));
  }

  @Override
  public synchronized void used(String key, Instant at) {
    sessions.computeIfPresent(
        key, (_, session) -> session.usedAt().isBefore(at) ? session.usedAt(at) : session);
  }

  @Override
  public synchronized void remove(String key) {
    sessions.remove(key);
  }

  @Override
  public synchronized void retain(Predicate<LoginSession> which) {
    sessions.values().removeIf(which.negate());
  }
}
