package dev.pharos.watch;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ReuseCheck;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import dev.pharos.probe.Depth;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the looks that are due, each from its release to its record. Thread-safe. */
final class Looking {
  private static final Logger LOG = LoggerFactory.getLogger(Looking.class);

  private final WatchPorts ports;
  private final Times times;
  private final DueQueue queue;
  private final Roster roster;
  private final Horizon horizon;
  private final Chronicle chronicle;
  private final Librarian librarian;
  private final Holds holds;
  private final Tally tally;
  private final Lateness lateness;
  private volatile WatchSettings settings;

  Looking(
      WatchPorts ports,
      Times times,
      DueQueue queue,
      Roster roster,
      Horizon horizon,
      Chronicle chronicle,
      Librarian librarian,
      Holds holds,
      Tally tally,
      Lateness lateness,
      WatchSettings settings) {
    this.ports = ports;
    this.times = times;
    this.queue = queue;
    this.roster = roster;
    this.horizon = horizon;
    this.chronicle = chronicle;
    this.librarian = librarian;
    this.holds = holds;
    this.tally = tally;
    this.lateness = lateness;
    this.settings = settings;
  }

  void obey(WatchSettings other) {
    settings = other;
  }

  /** Begins all looks that are due now and for which there is room. */
  void beat() {
    if (!ports.mayLook().getAsBoolean()) {
      return;
    }
    long now = times.now();
    for (DueQueue.Release release : queue.take(now)) {
      lateness.add(now - release.due());
      ports.pulse().run(() -> look(release));
    }
  }

  /**
   * One look on its way.
   *
   * @param waiters who wait for its result
   */
  private record Visit(
      Post post,
      Server server,
      Place place,
      Eye.Sight sight,
      boolean renew,
      Depth depth,
      Cause cause,
      List<CompletableFuture<CheckResult>> waiters) {}

  private void look(DueQueue.Release release) {
    Post post = roster.get(release.server());
    try {
      Visit visit = post == null ? null : begin(post, release.cause());
      if (visit != null) {
        make(visit);
      }
    } catch (RuntimeException e) {
      fault(release, post, e);
    } finally {
      end(release, post);
    }
  }

  /** A bug ends one look, not the watch: the server stays due at its usual interval. */
  private void fault(DueQueue.Release release, @Nullable Post post, RuntimeException e) {
    LOG.atError()
        .addKeyValue("server", release.server().value())
        .setCause(e)
        .log("A look ended in a fault of the watch; please report it");
    if (post != null) {
      synchronized (post) {
        post.nextDue = times.after(post.settings(settings).interval());
      }
    }
  }

  private void end(DueQueue.Release release, @Nullable Post post) {
    long next = Times.NEVER;
    long interval = 0;
    if (post != null) {
      synchronized (post) {
        interval = post.interval;
        next = post.gone ? Times.NEVER : post.nextDue;
      }
    }
    queue.done(release.server(), next, interval);
  }

  private @Nullable Visit begin(Post post, Cause cause) {
    synchronized (post) {
      if (post.gone) {
        return null;
      }
      Eye.Sight sight = post.sight;
      if (sight == null) {
        sight = ports.eye().open(post.server);
        post.sight = sight;
        tally.sightsOpened.increment();
      }
      long now = times.now();
      ReuseCheck own = post.server.spec().overrides().check();
      ReuseCheck usual = own == null ? ReuseCheck.TOOLS : own;
      Depth depth = post.agenda.depth(post.memory, usual, now, settings.listsAfter());
      boolean renew = post.agenda.renews(now, settings.renewAfter());
      depth = renew ? Depth.ALL : depth;
      post.agenda.began(renew, depth, now);
      post.idleHabit.begins(now);
      post.unwatchable &= !renew;
      return new Visit(
          post,
          post.server,
          post.place,
          sight,
          renew,
          depth,
          cause(post, cause),
          post.takeWaiters());
    }
  }

  private static Cause cause(Post post, Cause given) {
    boolean suspected = post.memory.failuresInRow() > 0 && post.memory.health() != Health.UNHEALTHY;
    return given == Cause.SCHEDULED && suspected ? Cause.CONFIRM : given;
  }

  private void make(Visit visit) {
    Outcome raw = seen(visit);
    tally.count(raw);
    Post post = visit.post();
    Outcome outcome = horizon.judge(visit.server(), visit.place(), raw);
    boolean watched = holds.holds(post, visit.sight());
    if (!fold(visit, outcome, watched)) {
      return;
    }
    handOn(visit, outcome);
    boolean well;
    Eye.Sight unneeded = null;
    synchronized (post) {
      well = post.memory.active() && post.memory.health() == Health.HEALTHY;
      if (!post.memory.active() && post.sees(visit.sight())) {
        unneeded = post.letGo();
      }
    }
    if (unneeded != null) {
      close(post, unneeded);
    } else if (well && !watched && outcome instanceof Outcome.Passed) {
      holds.hold(post, visit.sight());
    }
  }

  /** Ends a session that is not needed any more. Blocks. */
  void close(Post post, Eye.Sight sight) {
    holds.letGo(post.id);
    tally.sightsClosed.increment();
    sight.close();
  }

  private Outcome seen(Visit visit) {
    try {
      return visit.renew() ? visit.sight().renew(visit.depth()) : visit.sight().look(visit.depth());
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("A look ended in a fault of Pharos itself; please report it");
      return new Outcome.Inconclusive(nothing(), "a fault in Pharos itself");
    }
  }

  private Observation nothing() {
    return new Observation(
        times.instant(), 0, List.of(), Facts.NONE, Counts.UNKNOWN, null, false, 0, List.of(), null);
  }

  /** Folds the outcome in; returns false when it is not of the server as it is defined now. */
  private boolean fold(Visit visit, Outcome outcome, boolean watched) {
    Post post = visit.post();
    boolean hurry;
    synchronized (post) {
      if (!post.sees(visit.sight())) {
        replaced(visit, outcome);
        return false;
      }
      post.agenda.ended(outcome, visit.depth(), times.now());
      boolean passed = outcome instanceof Outcome.Passed;
      post.habit.looked(passed);
      post.idleHabit.looked(passed || outcome instanceof Outcome.Impaired, times.now());
      post.unwatchable &= passed;
      hurry = chronicle.looked(post, outcome, watched, visit.cause(), whenWritten(visit, outcome));
    }
    chronicle.hurry(hurry);
    return true;
  }

  private static @Nullable Runnable whenWritten(Visit visit, Outcome outcome) {
    return visit.waiters().isEmpty()
        ? null
        : () -> {
          Standing after = Roster.standing(visit.post());
          visit.waiters().forEach(waiter -> waiter.complete(new CheckResult(outcome, after)));
        };
  }

  /**
   * Edited, disabled or removed while we looked: whoever waits gets the next look, if there is one.
   */
  private void replaced(Visit visit, Outcome outcome) {
    Post post = visit.post();
    if (visit.waiters().isEmpty()) {
      return;
    }
    if (post.gone || !post.memory.active()) {
      CheckResult result = new CheckResult(outcome, post.standing());
      visit.waiters().forEach(waiter -> waiter.complete(result));
    } else {
      visit.waiters().forEach(post::await);
      queue.ask(post.id, times.now(), Cause.EDITED);
    }
  }

  private void handOn(Visit visit, Outcome outcome) {
    Capabilities lists = outcome.seen().capabilities();
    boolean counts = outcome instanceof Outcome.Passed || outcome instanceof Outcome.Impaired;
    if (lists == null || !counts) {
      return;
    }
    boolean whole = visit.depth() == Depth.ALL && outcome instanceof Outcome.Passed;
    librarian.take(visit.post(), visit.server(), lists, whole, outcome.seen().checkedAt());
  }
}
