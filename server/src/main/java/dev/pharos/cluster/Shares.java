package dev.pharos.cluster;

import dev.pharos.fleet.ServerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a node makes of a survey. Pure.
 *
 * @param found its own, but not looked at
 * @param lost looked at, but another's or gone
 * @param edited looked at, and newer in the store
 * @param room for how many more it has
 * @param surplus what it is to give back now
 */
record Shares(
    List<ServerId> found,
    List<ServerId> lost,
    List<ServerId> edited,
    int room,
    List<ServerId> surplus) {
  /** So much more than its share a node may keep, so that servers do not go to and fro. */
  private static final double SLACK = 1.05;

  /** Given back at once at most: each ends a session and begins another. */
  private static final int GENTLY = 100;

  /**
   * @param kept versions of what the node looks at
   * @param nodes that live, at least 1
   */
  static Shares of(Collection<Holding> survey, Map<ServerId, Long> kept, String node, int nodes) {
    List<ServerId> found = new ArrayList<>();
    List<ServerId> edited = new ArrayList<>();
    Map<ServerId, Long> own = new HashMap<>();
    for (Holding each : survey) {
      if (node.equals(each.owner())) {
        own.put(each.server(), each.version());
        Long known = kept.get(each.server());
        if (known == null) {
          found.add(each.server());
        } else if (known < each.version()) {
          // What the watch itself decides stands in its memory before it is written.
          edited.add(each.server());
        }
      }
    }
    Set<ServerId> lost = new HashSet<>(kept.keySet());
    lost.removeAll(own.keySet());
    int most = most(survey.size(), nodes);
    return new Shares(
        found,
        List.copyOf(lost),
        edited,
        Math.max(0, most - own.size()),
        surplus(own.keySet(), own.size() - most));
  }

  /** The most that a node keeps of a fleet. */
  static int most(int servers, int nodes) {
    int share = Math.ceilDiv(servers, nodes);
    return (int) Math.ceil(share * SLACK);
  }

  private static List<ServerId> surplus(Set<ServerId> own, int over) {
    return own.stream()
        .sorted(Comparator.comparingLong(ServerId::value).reversed())
        .limit(Math.clamp(over, 0, GENTLY))
        .toList();
  }
}
