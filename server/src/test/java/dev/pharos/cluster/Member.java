package dev.pharos.cluster;

import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.ManualTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A simulated process of a cluster. */
final class Member implements Keeper {
  final String id;
  final Ledger.Line line;
  final Cluster cluster;
  final Map<ServerId, Long> kept = new HashMap<>();
  final Set<Long> edited = new HashSet<>();

  /** Whether it does nothing for now, as a stopped process does. */
  boolean stopped;

  boolean dead;

  /** Whether what it sees can be written. */
  boolean writes = true;

  /** What the second way says of an outage. */
  boolean nobodyReaches;

  private final ManualTime time;

  Member(String id, Ledger ledger, ManualTime time, long offsetMillis) {
    this.id = id;
    this.time = time;
    line = ledger.new Line();
    Node node = new Node(id, "host-" + id, "1", Fleets.NOON, 0, Duration.ZERO);
    cluster = new Cluster(node, line, this, new Second(), time, time);
    cluster.join(null);
    time.later(Duration.ofMillis(offsetMillis), this::tick);
  }

  private final class Second implements Witness {
    @Override
    public void reached() {}

    @Override
    public boolean nobodyReaches() {
      return nobodyReaches;
    }
  }

  private void tick() {
    if (dead) {
      return;
    }
    time.later(Cluster.BEAT, this::tick);
    if (!stopped) {
      cluster.beat();
    }
  }

  boolean looksAt(long server) {
    return !dead && !stopped && kept.containsKey(new ServerId(server)) && cluster.mayLook();
  }

  void leave() {
    cluster.close();
    kept.clear();
    dead = true;
  }

  @Override
  public Map<ServerId, Long> kept() {
    return Map.copyOf(kept);
  }

  @Override
  public void take(List<Standing> standings) {
    standings.forEach(each -> kept.putIfAbsent(each.server().id(), each.server().version()));
  }

  @Override
  public void changed(Standing now) {
    edited.add(now.server().id().value());
    kept.put(now.server().id(), now.server().version());
  }

  @Override
  public boolean handOver(Collection<ServerId> servers) {
    if (writes) {
      kept.keySet().removeAll(servers);
    }
    return writes;
  }

  @Override
  public void lost(Collection<ServerId> servers) {
    kept.keySet().removeAll(servers);
  }

  @Nullable Long version(long server) {
    return kept.get(new ServerId(server));
  }
}
