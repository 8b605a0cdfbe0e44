package dev.pharos.cluster;

import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The truth of a simulated cluster: what the database of a real one holds. */
final class Ledger {
  private final ManualTime time;
  private final Map<Long, Row> rows = new TreeMap<>();
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Long> seen = new HashMap<>();

  /** Whether nobody reaches it. */
  boolean down;

  private static final class Row {
    @Nullable String owner;
    long version = 1;
  }

  Ledger(ManualTime time, int servers) {
    this.time = time;
    add(servers);
  }

  void add(int servers) {
    int first = rows.size();
    for (int i = 1; i <= servers; i++) {
      rows.put((long) first + i, new Row());
    }
  }

  void remove(long id) {
    rows.remove(id);
  }

  void edit(long id) {
    row(id).version++;
  }

  Collection<Long> servers() {
    return List.copyOf(rows.keySet());
  }

  @Nullable String owner(long id) {
    return row(id).owner;
  }

  private Row row(long id) {
    Row row = rows.get(id);
    if (row == null) {
      throw new IllegalArgumentException("no server " + id);
    }
    return row;
  }

  /** One node's way to it. */
  final class Line implements OwnerStore {
    boolean cut;

    private void pass() {
      if (cut || down) {
        throw new IllegalStateException("the database is not reached");
      }
    }

    @Override
    public List<Node> beat(Node me) {
      pass();
      nodes.put(me.id(), me);
      seen.put(me.id(), time.nanos());
      return nodes.values().stream().map(this::aged).toList();
    }

    private Node aged(Node node) {
      return new Node(
          node.id(), node.name(), node.version(), node.startedAt(), node.servers(), age(node.id()));
    }

    private Duration age(String node) {
      Long at = seen.get(node);
      return at == null ? Duration.ofDays(1) : Duration.ofNanos(time.nanos() - at);
    }

    @Override
    public List<Holding> survey() {
      pass();
      List<Holding> all = new ArrayList<>();
      rows.forEach((id, row) -> all.add(new Holding(new ServerId(id), row.owner, row.version)));
      return all;
    }

    @Override
    public List<Standing> take(String node, int most, boolean orphans) {
      pass();
      List<Standing> taken = new ArrayList<>();
      rows.forEach((id, row) -> {
        boolean orphan = row.owner != null && orphans && age(row.owner).compareTo(Node.DEAD) >= 0;
        if (taken.size() < most && (row.owner == null || orphan)) {
          row.owner = node;
          taken.add(standing(id, row));
        }
      });
      return taken;
    }

    @Override
    public List<Standing> read(Collection<ServerId> servers) {
      pass();
      return servers.stream()
          .filter(each -> rows.containsKey(each.value()))
          .map(each -> standing(each.value(), row(each.value())))
          .toList();
    }

    @Override
    public void release(String node, Collection<ServerId> servers) {
      pass();
      for (ServerId each : servers) {
        Row row = rows.get(each.value());
        if (row != null && node.equals(row.owner)) {
          row.owner = null;
        }
      }
    }

    @Override
    public void inherit(String heir, String ended) {
      pass();
      rows.values().stream()
          .filter(row -> ended.equals(row.owner))
          .forEach(row -> row.owner = heir);
      nodes.remove(ended);
      seen.remove(ended);
    }

    @Override
    public void leave(String node) {
      pass();
      rows.values().stream().filter(row -> node.equals(row.owner)).forEach(row -> row.owner = null);
      nodes.remove(node);
      seen.remove(node);
    }
  }

  private static Standing standing(long id, Row row) {
    Server server =
        new Server(
            new ServerId(id),
            Fleets.plain("server-" + id),
            AdminStatus.ACTIVE,
            null,
            false,
            Fleets.NOON,
            Fleets.NOON,
            row.version);
    return new Standing(server, HealthMemory.fresh(Fleets.NOON), LastSeen.NOTHING);
  }
}
