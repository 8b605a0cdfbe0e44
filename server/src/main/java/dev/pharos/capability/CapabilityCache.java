package dev.pharos.capability;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Newest snapshots near at hand, by the server's name. A cache may forget at any time, and never
 * gives anything older than its time to live. Thread-safe.
 */
public interface CapabilityCache {
  Duration TTL = Duration.ofMinutes(10);

  /**
   * A snapshot with the moment at which it was put.
   *
   * @param cachedAt when it was last known to be what the server offers
   */
  record Cached(Snapshot snapshot, Instant cachedAt) {}

  Optional<Cached> get(String server);

  void put(String server, Cached cached);

  /** Forgets a server. */
  void drop(String server);
}
