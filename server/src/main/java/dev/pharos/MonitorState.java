package dev.pharos;

import dev.pharos.cluster.Node;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.http.MonitorView;
import dev.pharos.redis.LinkState;
import dev.pharos.watch.Watch;
import dev.pharos.watch.WatchStats;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the monitor does: what the watch says of itself, since when by what it announced. */
final class MonitorState implements MonitorView {
  /** What is said of a state, beside its name. */
  private record Said(String state, Instant since, String message) {}

  private static final String LIVE = "live";
  private static final String REDIS_LOST = "redis_lost";

  private final Watch watch;
  private final Part part;
  private final Ground ground;
  private final InstantSource clock;

  /** What was announced last, by this process or another. */
  private volatile Said announced;

  /** Guarded by this. */
  private Said current;

  MonitorState(Watch watch, Part part, Ground ground, InstantSource clock) {
    this.watch = watch;
    this.part = part;
    this.ground = ground;
    this.clock = clock;
    this.announced = new Said(LIVE, clock.instant(), "");
    this.current = announced;
    var _ = ground.bus().subscribe(this::heard);
  }

  private void heard(List<StoredEvent> events) {
    for (StoredEvent each : events) {
      if (each.event() instanceof FleetEvent.MonitorChanged changed) {
        announced = new Said(changed.state(), changed.at(), changed.message());
      }
    }
  }

  @Override
  public synchronized State state() {
    WatchStats stats = watch.stats();
    Said found = found(stats);
    Said last = announced;
    if (!current.state().equals(found.state())) {
      // Announced a moment ago, or noticed now. Of Redis each node knows by itself.
      boolean known = last.state().equals(found.state()) && !found.state().equals(REDIS_LOST);
      current = known ? last : found;
    }
    return new State(
        current.state(),
        current.since(),
        current.state().equals(LIVE) ? "" : current.message(),
        Duration.ofNanos(stats.lateness().p99() * 1_000));
  }

  /** Of several troubles the one that weighs most: nothing seen, nothing kept, seen late. */
  private Said found(WatchStats stats) {
    Instant now = clock.instant();
    if (!part.mayLook()) {
      return new Said(
          "cut_off",
          now,
          "this node does not reach the database: what it shows of the servers is of then, and"
              + " other nodes look at them");
    }
    if (stats.blind()) {
      return new Said("blind", now, "our own network is down: nothing is known of the servers");
    }
    if (stats.storeFailing()) {
      return new Said(
          "store_failing", now, "results cannot be written; checks go on, and the newest are kept");
    }
    LinkState redis = ground.redis().orElse(null);
    if (redis != null && !redis.connected() && others()) {
      return new Said(
          REDIS_LOST,
          redis.since(),
          redis.why() + ": what other nodes see between two changes is shown late");
    }
    return stats.late()
        ? new Said("late", now, "looks are made later than they are due")
        : new Said(LIVE, now, "");
  }

  private boolean others() {
    return part.nodes().stream().filter(Node::live).count() > 1;
  }

  @Override
  public List<NodeState> nodes() {
    return part.nodes().stream()
        .map(each ->
            new NodeState(
                each.id(),
                each.name(),
                each.version(),
                each.startedAt(),
                each.servers(),
                each.sinceSeen(),
                each.live(),
                each.id().equals(part.id())))
        .toList();
  }

  @Override
  public Map<String, String> readiness() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("store", watch.stats().storeFailing() ? "results cannot be written" : readable());
    parts.put("watch", watch.stats().late() ? "looks are made later than they are due" : "ok");
    return parts;
  }

  private String readable() {
    try {
      var _ = ground.stores().events().newest();
      return "ok";
    } catch (RuntimeException e) {
      return "the database cannot be read";
    }
  }
}
