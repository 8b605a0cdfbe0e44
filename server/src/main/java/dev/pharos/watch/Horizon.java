package dev.pharos.watch;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether our own network works. Judges every look at a remote server before it counts; hosts on
 * loopback and child processes are seen in any case. A refusal comes from the host itself, or from
 * one near it, so it is no sign of our blindness though it belongs to the stage {@code connect}.
 * Thread-safe.
 */
final class Horizon {
  private static final Duration PROBE_EVERY = Duration.ofSeconds(5);
  private static final Duration ASK_SENTINEL_EVERY = Duration.ofSeconds(1);
  private static final Duration SENTINEL_TIMEOUT = Duration.ofSeconds(2);
  private static final long JUDGE_EVERY = Duration.ofMillis(100).toNanos();
  private static final int LOOKOUTS = 3;

  /** What is done when the sight changes. */
  interface Consequences {
    void blinded();

    void sighted();
  }

  private final Times times;
  private final Knocker knocker;
  private final DueQueue queue;
  private final Consequences consequences;
  private final Hosts hosts = new Hosts();

  /** One changes the sight at a time. */
  private final ReentrantLock changing = new ReentrantLock();

  private volatile WatchSettings settings;
  private volatile boolean blind;
  private volatile long probeAt;
  private volatile long judgedAt = Long.MIN_VALUE / 2;
  private long sentinelAskedAt = Long.MIN_VALUE / 2;

  Horizon(
      Times times,
      Knocker knocker,
      DueQueue queue,
      WatchSettings settings,
      Consequences consequences) {
    this.times = times;
    this.knocker = knocker;
    this.queue = queue;
    this.settings = settings;
    this.consequences = consequences;
  }

  void obey(WatchSettings other) {
    settings = other;
  }

  boolean blind() {
    return blind;
  }

  void forget(ServerId id) {
    hosts.forget(id);
  }

  /** The outcome as it counts: nothing that is seen of a remote server while we are blind does. */
  Outcome judge(Server server, Place place, Outcome outcome) {
    if (!place.remote()) {
      return outcome;
    }
    switch (outcome) {
      case Outcome.Inconclusive _ -> {
        return outcome;
      }
      case Outcome.Failed failed when isOutOfReach(failed.reason()) -> {
        hosts.lost(place.line(), server.id(), times.now());
        suspect();
      }
      case Outcome.Failed _, Outcome.Passed _, Outcome.Impaired _ -> {
        hosts.reached(place.line(), server.id(), times.now());
        if (blind && settings.sentinel() == null) {
          change(false);
        }
      }
    }
    return blind
        ? new Outcome.Inconclusive(outcome.seen(), "Pharos' own network is down")
        : outcome;
  }

  /** Goes on asking while we are blind. */
  void beat() {
    if (blind && times.now() >= probeAt) {
      probeAt = times.after(PROBE_EVERY);
      if (settings.sentinel() == null) {
        hosts.lookouts(LOOKOUTS).forEach(id -> queue.ask(id, times.now(), Cause.RECOVERY));
      } else {
        askSentinel();
      }
    } else if (!blind && settings.sentinel() == null) {
      judgeByFleet();
    }
  }

  private static boolean isOutOfReach(Failure reason) {
    boolean before = reason.stage() == Stage.DNS || reason.stage() == Stage.CONNECT;
    return before
        && reason.kind() != FailureKind.REFUSED
        && reason.kind() != FailureKind.ADDRESS_FORBIDDEN;
  }

  private void suspect() {
    if (settings.sentinel() != null) {
      askSentinel();
    } else if (!blind && times.now() - judgedAt >= JUDGE_EVERY) {
      judgeByFleet();
    }
  }

  private void judgeByFleet() {
    judgedAt = times.now();
    long window = settings.blindWindow().toNanos();
    hosts.witnesses(times.now(), window).forEach(id -> queue.ask(id, times.now(), Cause.RECOVERY));
    if (!blind && hosts.mostLost(times.now(), window)) {
      change(true);
    }
  }

  /** One asks; others who want to know wait for the answer, which stays good for a second. */
  private void askSentinel() {
    Door sentinel = settings.sentinel();
    changing.lock();
    try {
      if (sentinel != null && times.now() - sentinelAskedAt >= ASK_SENTINEL_EVERY.toNanos()) {
        boolean answers = knocker.knock(sentinel, SENTINEL_TIMEOUT);
        sentinelAskedAt = times.now();
        change(!answers);
      }
    } finally {
      changing.unlock();
    }
  }

  private void change(boolean toBlind) {
    changing.lock();
    try {
      if (blind != toBlind) {
        blind = toBlind;
        probeAt = times.after(PROBE_EVERY);
        if (toBlind) {
          consequences.blinded();
        } else {
          consequences.sighted();
        }
      }
    } finally {
      changing.unlock();
    }
  }
}
