package dev.pharos.http;

import dev.pharos.capability.Snapshot;
import dev.pharos.fleet.ServerId;
import java.time.Instant;
import java.util.Optional;

/** Reads what servers offer, through the cache. Thread-safe. */
public interface CapabilityReader {
  /**
   * A snapshot.
   *
   * @param cachedAt when the cache got it
   * @param hit whether the cache had it
   */
  record Cached(Snapshot snapshot, Instant cachedAt, boolean hit) {}

  /** The newest snapshot; empty when the server was never read. */
  Optional<Cached> read(ServerId server, String name);
}
