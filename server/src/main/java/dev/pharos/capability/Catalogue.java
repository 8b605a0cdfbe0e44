package dev.pharos.capability;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.StoredEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What every server offers: the newest snapshot of each through the cache, and what is done when
 * one differs from the last. Thread-safe, with one caller at a time for each server.
 */
public final class Catalogue {
  private final CapabilityStore store;
  private final CapabilityCache cache;
  private final InstantSource clock;

  /** Each server's newest snapshot: not its lists, of which there may be 160 MB. */
  private final Map<ServerId, Known> newest = new ConcurrentHashMap<>();

  private record Known(String hash, Instant seenAt) {}

  public Catalogue(CapabilityStore store, CapabilityCache cache, InstantSource clock) {
    this.store = store;
    this.cache = cache;
    this.clock = clock;
  }

  /**
   * What a server offers, as a reader gets it.
   *
   * @param hit whether it came from the cache
   */
  public record Answer(CapabilityCache.Cached cached, boolean hit) {}

  /** The newest snapshot, from the cache or else from the store; empty when there is none yet. */
  public Optional<Answer> read(ServerId id, String name) {
    Optional<Answer> hit = cache.get(name).map(cached -> new Answer(cached, true));
    return hit.isPresent()
        ? hit
        : store.newest(id).map(snapshot -> new Answer(cached(name, snapshot), false));
  }

  /**
   * Takes in the lists that a look read.
   *
   * @param whole whether an absent list is one that is not offered; else it was only not read
   * @return the event, when something changed since the last snapshot
   */
  public Optional<StoredEvent> saw(
      ServerId id, String name, Capabilities seen, boolean whole, Instant at) {
    Known known = newest.get(id);
    if (whole && known != null && known.hash().equals(Differences.hash(seen))) {
      cached(name, new Snapshot(known.hash(), known.seenAt(), seen));
      return Optional.empty();
    }
    Snapshot before = store.newest(id).orElse(null);
    Capabilities now = whole || before == null ? seen : seen.over(before.capabilities());
    String hash = Differences.hash(now);
    if (before != null && before.hash().equals(hash)) {
      known(id, name, new Snapshot(hash, before.seenAt(), now));
      return Optional.empty();
    }
    Snapshot after = new Snapshot(hash, at, now);
    Optional<StoredEvent> event = save(id, name, before, after);
    known(id, name, after);
    return event;
  }

  private void known(ServerId id, String name, Snapshot snapshot) {
    newest.put(id, new Known(snapshot.hash(), snapshot.seenAt()));
    cached(name, snapshot);
  }

  /** Knows no more what the newest snapshot of a server is, since others may write one. */
  public void letGo(ServerId id) {
    newest.remove(id);
  }

  /** Forgets a server that was removed or renamed. */
  public void forget(ServerId id, String name) {
    newest.remove(id);
    cache.drop(name);
  }

  private Optional<StoredEvent> save(
      ServerId id, String name, @Nullable Snapshot before, Snapshot after) {
    Capabilities old = before == null ? Capabilities.NONE : before.capabilities();
    Differences differences = Differences.between(old, after.capabilities(), after.seenAt());
    if (before == null) {
      return store.save(id, after, List.of(), null);
    }
    FleetEvent event =
        new FleetEvent.CapabilitiesChanged(
            after.seenAt(),
            name,
            differences.added(),
            differences.removed(),
            differences.changed(),
            after.hash());
    return store.save(id, after, differences.all(), event);
  }

  private CapabilityCache.Cached cached(String name, Snapshot snapshot) {
    CapabilityCache.Cached cached = new CapabilityCache.Cached(snapshot, clock.instant());
    cache.put(name, cached);
    return cached;
  }
}
