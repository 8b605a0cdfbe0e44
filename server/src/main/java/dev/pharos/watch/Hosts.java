package dev.pharos.watch;

import dev.pharos.fleet.ServerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which remote hosts could be reached of late: the evidence for our own blindness. Hosts that were
 * never reached say nothing. Thread-safe: guarded by itself.
 */
final class Hosts {
  private static final int MIN_HOSTS = 3;
  private static final int MIN_SERVERS = 5;

  /** A few hosts lost together raise the question; as many others are then asked as answer it. */
  private static final int SUSPICIOUS = 2;

  private static final int WITNESSES = 16;

  private final Map<String, Host> hosts = new HashMap<>();

  private static final class Host {
    final Set<ServerId> servers = new HashSet<>(2);
    boolean fine;
    long reachedAt = Long.MIN_VALUE;
    long lostAt = Long.MIN_VALUE;
    boolean asked;

    boolean lostSince(long moment) {
      return !fine && lostAt >= moment;
    }
  }

  /** A server of a host was reached. */
  synchronized void reached(String name, ServerId server, long now) {
    Host host = hosts.computeIfAbsent(name, _ -> new Host());
    host.servers.add(server);
    host.fine = true;
    host.reachedAt = now;
    host.asked = false;
  }

  /** A server of a host could not be reached; counts when it, or another there, was. */
  synchronized void lost(String name, ServerId server, long now) {
    Host host = hosts.get(name);
    if (host != null && host.fine && host.servers.contains(server)) {
      host.fine = false;
      host.lostAt = now;
      host.asked = false;
    }
  }

  synchronized void forget(ServerId server) {
    hosts.values().removeIf(host -> host.servers.remove(server) && host.servers.isEmpty());
  }

  /**
   * Whether more than half of the hosts that were fine were lost within the window. Hosts of which
   * nothing was heard since the first was lost count only as far as they are being asked: as fine.
   */
  synchronized boolean mostLost(long now, long window) {
    List<Host> lost = lost(now - window);
    if (lost.size() < SUSPICIOUS) {
      return false;
    }
    long since = firstLoss(lost);
    List<Host> standing = hosts.values().stream().filter(host -> host.fine).toList();
    long answering =
        standing.stream().filter(host -> host.asked || host.reachedAt >= since).count();
    return lost.size() + standing.size() >= MIN_HOSTS
        && servers(lost) + servers(standing) >= MIN_SERVERS
        && lost.size() > answering;
  }

  /**
   * Whom to ask, to know more: one server of each of a few hosts that were fine and of which
   * nothing was heard since the first of the others was lost.
   */
  synchronized List<ServerId> witnesses(long now, long window) {
    List<Host> lost = lost(now - window);
    if (lost.size() < SUSPICIOUS) {
      return List.of();
    }
    long since = firstLoss(lost);
    long asked = hosts.values().stream().filter(host -> host.fine && host.asked).count();
    List<ServerId> witnesses = new ArrayList<>();
    hosts.values().stream()
        .filter(host -> host.fine && !host.asked && host.reachedAt < since)
        .sorted(Comparator.comparingLong(host -> host.reachedAt))
        .limit(Math.max(0, WITNESSES - asked))
        .forEach(host -> {
          host.asked = true;
          witnesses.add(host.servers.iterator().next());
        });
    return witnesses;
  }

  /** Some that were lost last: who will be reached first when we see again. */
  synchronized List<ServerId> lookouts(int most) {
    return hosts.values().stream()
        .filter(host -> !host.fine)
        .sorted(Comparator.<Host>comparingLong(host -> host.lostAt).reversed())
        .limit(most)
        .map(host -> host.servers.iterator().next())
        .toList();
  }

  private List<Host> lost(long since) {
    return hosts.values().stream().filter(host -> host.lostSince(since)).toList();
  }

  private static long firstLoss(List<Host> lost) {
    return lost.stream().mapToLong(host -> host.lostAt).min().orElse(Long.MAX_VALUE);
  }

  private static int servers(List<Host> hosts) {
    return hosts.stream().mapToInt(host -> host.servers.size()).sum();
  }
}
