package dev.pharos.http;

import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.Standing;
import dev.pharos.history.Beat;
import dev.pharos.history.HistoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What lists show of the past of servers: the spans that uptimes follow from, and the newest looks.
 * Kept from one request to the next, so that only what is new is read. What is kept is used only
 * while it agrees with what is known of the server now: the store remains the truth. Thread-safe.
 */
final class Past {
  private static final Duration LENGTH = Duration.ofDays(30);

  /** Of a server that flips all the time, spans are read anew rather than kept. */
  private static final int MOST_SPANS = 2_000;

  /** Rows that are likely to be new since the last list. */
  private static final int NEW_ROWS = 3;

  private final HistoryStore history;
  private final Map<ServerId, List<Span>> spans = new ConcurrentHashMap<>();
  private final Map<ServerId, Beats> beats = new ConcurrentHashMap<>();

  Past(HistoryStore history) {
    this.history = history;
  }

  /** The spans of the last 30 days of each server, oldest first, without their reasons. */
  Map<ServerId, List<Span>> spans(List<Standing> servers, Instant now) {
    Map<ServerId, List<Span>> found = HashMap.newHashMap(servers.size());
    List<Standing> unknown = new ArrayList<>();
    for (Standing each : servers) {
      List<Span> kept = spans.get(each.server().id());
      if (kept != null && lastsIn(kept, each.memory())) {
        found.put(each.server().id(), kept);
      } else {
        unknown.add(each);
      }
    }
    if (!unknown.isEmpty()) {
      var read = history.spans(ids(unknown), now.minus(LENGTH), now);
      for (Standing each : unknown) {
        ServerId id = each.server().id();
        List<Span> all = List.copyOf(read.getOrDefault(id, List.of()));
        found.put(id, all);
        if (all.size() <= MOST_SPANS && lastsIn(all, each.memory())) {
          spans.put(id, all);
        }
      }
    }
    return found;
  }

  /** Whether the server is in the last of the spans now: then none has been added since. */
  private static boolean lastsIn(List<Span> spans, HealthMemory now) {
    if (spans.isEmpty()) {
      return false;
    }
    Span last = spans.getLast();
    return last.to() == null
        && last.state() == now.span()
        && last.from().equals(now.spanSince().truncatedTo(ChronoUnit.MICROS));
  }

  /** The newest looks at each server. */
  Map<ServerId, Beats> beats(List<Standing> servers) {
    List<ServerId> known = new ArrayList<>();
    List<ServerId> unknown = new ArrayList<>();
    for (Standing each : servers) {
      ServerId id = each.server().id();
      if (!kept(id).reach(each.seen().lastCheckAt())) {
        (kept(id).isEmpty() ? unknown : known).add(id);
      }
    }
    if (!known.isEmpty()) {
      Map<ServerId, List<Beat>> rows = history.recent(known, NEW_ROWS);
      known.forEach(id -> {
        Beats now = kept(id).after(rows.getOrDefault(id, List.of()));
        if (now == null) {
          unknown.add(id);
        } else {
          beats.put(id, now);
        }
      });
    }
    if (!unknown.isEmpty()) {
      Map<ServerId, List<Beat>> rows = history.recent(unknown, Beats.MOST);
      unknown.forEach(id -> beats.put(id, Beats.of(rows.getOrDefault(id, List.of()))));
    }
    return beats;
  }

  private Beats kept(ServerId id) {
    return beats.getOrDefault(id, Beats.NONE);
  }

  private static List<ServerId> ids(Collection<Standing> servers) {
    return servers.stream().map(each -> each.server().id()).toList();
  }

  /** Forgets servers that are gone, once they are many. */
  void forgetOthers(List<Standing> all) {
    if (beats.size() > 2 * all.size() + 100) {
      Set<ServerId> there = new HashSet<>(ids(all));
      beats.keySet().retainAll(there);
      spans.keySet().retainAll(there);
    }
  }
}
