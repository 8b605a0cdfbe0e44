package dev.pharos.capability;

import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cache within one process: bounded by the size of what it holds, so that a large fleet does
 * not live in memory; what was used longest ago is forgotten first. Thread-safe: guarded by itself.
 */
public final class InProcessCapabilityCache implements CapabilityCache {
  /**
   * Room for 400 servers with 10 KB of tools each: in memory they take twice that, and what is not
   * here costs one row of the database.
   */
  public static final long DEFAULT_MAX_CHARS = 4_000_000;

  private final InstantSource clock;
  private final long maxChars;
  private final Map<String, Cached> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long chars;

  /** With room for {@link #DEFAULT_MAX_CHARS}. */
  public InProcessCapabilityCache(InstantSource clock) {
    this(clock, DEFAULT_MAX_CHARS);
  }

  /**
   * @param maxChars of all items' JSON together
   */
  public InProcessCapabilityCache(InstantSource clock, long maxChars) {
    this.clock = clock;
    this.maxChars = maxChars;
  }

  @Override
  public synchronized Optional<Cached> get(String server) {
    Cached found = entries.get(server);
    if (found != null && !clock.instant().isBefore(found.cachedAt().plus(TTL))) {
      drop(server);
      return Optional.empty();
    }
    return Optional.ofNullable(found);
  }

  @Override
  public synchronized void put(String server, Cached cached) {
    drop(server);
    chars += size(cached);
    entries.put(server, cached);
    Iterator<Cached> oldest = entries.values().iterator();
    while (chars > maxChars && oldest.hasNext()) {
      chars -= size(oldest.next());
      oldest.remove();
    }
  }

  @Override
  public synchronized void drop(String server) {
    @Nullable Cached gone = entries.remove(server);
    if (gone != null) {
      chars -= size(gone);
    }
  }

  private static long size(Cached cached) {
    // A server without any tool is not free either.
    return 100 + cached.snapshot().capabilities().chars();
  }
}
