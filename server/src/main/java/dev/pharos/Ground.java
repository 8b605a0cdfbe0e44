package dev.pharos;

import dev.pharos.capability.CapabilityCache;
import dev.pharos.capability.InProcessCapabilityCache;
import dev.pharos.cluster.Node;
import dev.pharos.cluster.RefreshStore;
import dev.pharos.cluster.Witness;
import dev.pharos.config.Configuration;
import dev.pharos.event.Bell;
import dev.pharos.event.EventBus;
import dev.pharos.event.InProcessEventBus;
import dev.pharos.event.JournalBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.redis.LinkState;
import dev.pharos.redis.RedisCapabilityCache;
import dev.pharos.redis.RedisCounts;
import dev.pharos.redis.RedisFeed;
import dev.pharos.redis.RedisLink;
import dev.pharos.redis.RedisSettings;
import dev.pharos.redis.RedisWitness;
import dev.pharos.settings.RuntimeSettings;
import dev.pharos.store.Sharing;
import dev.pharos.store.Stores;
import dev.pharos.trace.Ticker;
import dev.pharos.watch.Pulse;
import dev.pharos.watch.Watch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor stands on: the stores, the bus and the cache, of this process alone or shared
 * with others, and its part in the fleet. Built whole or not at all.
 */
final class Ground implements AutoCloseable {
  private static final Duration RING = Duration.ofSeconds(1);

  private final Closing closing = new Closing();
  private final Node me;
  private final NodeFile nodeFile;
  private final Stores stores;
  private final EventBus bus;
  private final CapabilityCache cache;
  private final InstantSource clock;
  private final Ticker ticker;
  private final @Nullable JournalBus journalBus;
  private final @Nullable RedisLink redis;
  private final @Nullable RedisFeed feed;
  private volatile @Nullable Part part;
  private volatile @Nullable Watch watch;

  Ground(Configuration configuration, InstantSource clock, Ticker ticker) {
    this.clock = clock;
    this.ticker = ticker;
    this.me = Identity.node(clock);
    this.nodeFile = new NodeFile(configuration.data());
    try {
      Secret redisUrl = configuration.redisUrl();
      RedisSettings settings = redisUrl == null ? null : RedisSettings.parse(redisUrl);
      stores = closing.own(Backing.open(configuration, me.id(), clock));
      journalBus = shared() || settings != null ? new JournalBus(stores.events()) : null;
      bus = journalBus == null ? new InProcessEventBus() : journalBus;
      redis =
          settings == null
              ? null
              : closing.own(RedisLink.open(settings, this::redisChanged, clock));
      cache =
          redis == null
              ? new InProcessCapabilityCache(clock)
              : new RedisCapabilityCache(redis, clock, ticker);
      feed =
          redis == null || journalBus == null
              ? null
              : closing.own(feed(redis, journalBus, configuration));
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private RedisFeed feed(RedisLink link, JournalBus shared, Configuration configuration) {
    Sharing sharing = stores.sharing();
    RelayPlace place =
        sharing == null ? RelayPlace.in(configuration.data()) : RelayPlace.in(sharing);
    return new RedisFeed(link, shared, stores.events(), this::leads, place, me.id(), ticker);
  }

  private boolean shared() {
    return stores.sharing() != null;
  }

  Stores stores() {
    return stores;
  }

  EventBus bus() {
    return bus;
  }

  CapabilityCache cache() {
    return cache;
  }

  /** Looks at the whole fleet, of this node or of all. */
  RefreshStore refreshes() {
    Sharing sharing = stores.sharing();
    return sharing == null ? RefreshStore.alone() : sharing.refreshes();
  }

  /** How Redis does; empty without one. */
  Optional<LinkState> redis() {
    return Optional.ofNullable(redis).map(RedisLink::state);
  }

  /** What went through Redis; empty without one. */
  Optional<RedisCounts> redisCounts() {
    return Optional.ofNullable(feed).map(RedisFeed::counts);
  }

  /** The part that the watch has in the fleet; the caller closes it before the watch. */
  Part part(Watch watch, RuntimeSettings settings, Pulse pulse) {
    Sharing sharing = stores.sharing();
    Part made =
        sharing == null
            ? new WholeFleet(watch, stores.checks(), me)
            : new Replica(
                me,
                nodeFile.read().orElse(null),
                sharing,
                stores.servers(),
                watch,
                bus,
                cache,
                settings,
                redis == null ? Witness.none() : new RedisWitness(redis, me.id()),
                pulse,
                clock,
                ticker);
    this.watch = watch;
    part = made;
    closing.own(made::leave);
    return made;
  }

  /** Begins to hear and to tell. */
  void start(Pulse pulse) {
    Sharing sharing = stores.sharing();
    JournalBus hears = journalBus;
    if (sharing != null && hears != null) {
      nodeFile.write(me.id());
      Bell bell = closing.own(sharing.eventBell());
      bell.listen(hears::ring);
    } else if (hears != null) {
      closing.own(pulse.every("journal", RING, hears::ring));
    }
    if (feed != null) {
      feed.start();
    }
  }

  /** Of the nodes that live, the oldest speaks for all. */
  private boolean leads() {
    Part own = part;
    return own != null
        && own.nodes().stream()
            .filter(Node::live)
            .findFirst()
            .map(first -> first.id().equals(own.id()))
            .orElse(false);
  }

  /** Other nodes' browsers hear it from their own. */
  private void redisChanged(LinkState state) {
    String what = state.connected() ? "redis_back" : "redis_lost";
    Watch watching = watch;
    if (watching != null && leads()) {
      watching.announce(what, state.why());
    } else {
      FleetEvent event = new FleetEvent.MonitorChanged(clock.instant(), what, state.why());
      bus.publish(List.of(new StoredEvent(0, event)));
    }
  }

  @Override
  public void close() {
    closing.close();
  }
}
