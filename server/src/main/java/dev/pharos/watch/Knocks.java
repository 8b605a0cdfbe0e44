package dev.pharos.watch;

import dev.pharos.fleet.ServerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knocks at the doors of servers that refused, to see them back early. Servers behind one door
 * share a knock. Thread-safe: guarded by itself.
 */
final class Knocks {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Times times;
  private final Pulse pulse;
  private final Knocker knocker;
  private final DueQueue queue;
  private final Map<ServerId, Place> places = new HashMap<>();
  private final Map<Door, Round> rounds = new HashMap<>();
  private long every;
  private boolean paused;

  /** One door. */
  private static final class Round {
    final Place place;
    final Set<ServerId> servers = new HashSet<>();
    long next;
    boolean knocking;

    Round(Place place, long next) {
      this.place = place;
      this.next = next;
    }
  }

  Knocks(Times times, Pulse pulse, Knocker knocker, DueQueue queue, WatchSettings settings) {
    this.times = times;
    this.pulse = pulse;
    this.knocker = knocker;
    this.queue = queue;
    this.every = settings.knockEvery().toNanos();
  }

  synchronized void obey(WatchSettings settings) {
    every = settings.knockEvery().toNanos();
  }

  /** While we are blind there is nothing to be heard. */
  synchronized void pause(boolean on) {
    paused = on;
  }

  /** Whether to knock for a server from now on. */
  synchronized void set(ServerId id, Place place, boolean wanted) {
    Place before = places.get(id);
    if (before != null && (!wanted || !before.equals(place))) {
      places.remove(id);
      leave(id, before);
    }
    Door door = place.door();
    if (wanted && door != null && places.putIfAbsent(id, place) == null) {
      rounds.computeIfAbsent(door, _ -> new Round(place, first(id))).servers.add(id);
    }
  }

  synchronized void forget(ServerId id) {
    Place before = places.remove(id);
    if (before != null) {
      leave(id, before);
    }
  }

  /** How many servers are knocked for. */
  synchronized int count() {
    return places.size();
  }

  void beat() {
    for (Map.Entry<Door, Round> due : due().entrySet()) {
      pulse.run(() -> knock(due.getKey(), due.getValue()));
    }
  }

  private long first(ServerId id) {
    return times.now() + (long) (Spread.share(id) * every);
  }

  private void leave(ServerId id, Place place) {
    Round round = rounds.get(place.door());
    if (round != null && round.servers.remove(id) && round.servers.isEmpty()) {
      rounds.remove(place.door());
    }
  }

  private synchronized Map<Door, Round> due() {
    Map<Door, Round> due = new HashMap<>();
    if (!paused) {
      long now = times.now();
      rounds.forEach((door, round) -> {
        // A host that is full is asked again with the next beat.
        if (!round.knocking && round.next <= now && queue.enter(round.place)) {
          round.knocking = true;
          round.next = now + every;
          due.put(door, round);
        }
      });
    }
    return due;
  }

  private void knock(Door door, Round round) {
    boolean answered = false;
    try {
      answered = knocker.knock(door, TIMEOUT);
    } finally {
      queue.leave(round.place);
      ended(round, answered);
    }
  }

  private void ended(Round round, boolean answered) {
    List<ServerId> servers;
    synchronized (this) {
      round.knocking = false;
      servers = answered ? new ArrayList<>(round.servers) : List.of();
    }
    long now = times.now();
    servers.forEach(id -> queue.ask(id, now, Cause.KNOCK));
  }
}
