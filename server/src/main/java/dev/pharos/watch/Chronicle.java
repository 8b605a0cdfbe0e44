package dev.pharos.watch;

import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.health.Happening;
import dev.pharos.health.HealthFold;
import dev.pharos.health.HealthSettings;
import dev.pharos.health.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds what happens to a server into its post, and puts down what is to be written and told.
 * Thread-safe; callers hold the post's monitor, and call {@link #hurry} after they let it go.
 */
final class Chronicle {
  private final Times times;
  private final Roster roster;
  private final Backlog backlog;
  private final Scribe scribe;
  private final Knocks knocks;
  private volatile WatchSettings settings;

  Chronicle(
      Times times,
      Roster roster,
      Backlog backlog,
      Scribe scribe,
      Knocks knocks,
      WatchSettings settings) {
    this.times = times;
    this.roster = roster;
    this.backlog = backlog;
    this.scribe = scribe;
    this.knocks = knocks;
    this.settings = settings;
  }

  void obey(WatchSettings other) {
    settings = other;
  }

  WatchSettings settings() {
    return settings;
  }

  /** Something happened other than a look; returns whether writing must not wait. */
  boolean happened(Post post, Happening happening, String cause) {
    return fold(post, happening, null, times.instant(), cause, 0, null);
  }

  /**
   * Something happened to many servers at once, after which all of them are to be looked at.
   *
   * @param herd how many
   */
  boolean happened(Post post, Happening happening, String cause, int herd) {
    return fold(post, happening, null, times.instant(), cause, herd, null);
  }

  /**
   * A look ended.
   *
   * @param whenWritten see {@link Unwritten}
   */
  boolean looked(
      Post post, Outcome outcome, boolean watched, Cause cause, @Nullable Runnable whenWritten) {
    boolean mayReturn = post.server.spec().canAutoEnable();
    return fold(
        post,
        new Happening.Looked(outcome, watched, mayReturn),
        outcome,
        outcome.seen().checkedAt(),
        cause.wire(),
        0,
        whenWritten);
  }

  /** Writes soon, where one of the above returned true. */
  void hurry(boolean wanted) {
    if (wanted) {
      scribe.hurry();
    }
  }

  private boolean fold(
      Post post,
      Happening happening,
      @Nullable Outcome outcome,
      Instant at,
      String cause,
      int herd,
      @Nullable Runnable whenWritten) {
    HealthSettings own = post.settings(settings);
    Instant now = times.instant();
    Step step = HealthFold.step(post.memory, happening, own, now);
    boolean news = outcome != null || !step.memory().equals(post.memory) || step.flip() != null;
    post.remember(step.memory());
    schedule(post, step, now);
    if (herd > 0 && post.nextDue != Times.NEVER) {
      post.interval = own.interval().toNanos();
      post.nextDue = Spread.first(post.id, times.now(), post.interval, herd);
    }
    post.seen = seen(post, outcome);
    knocks.set(post.id, post.place, step.knock() && !post.gone);
    if (!news) {
      return false;
    }
    String name = post.server.spec().name();
    List<FleetEvent> events = Tidings.events(name, step, post.seen, own);
    FleetEvent.Checked feed =
        outcome == null ? null : Tidings.checked(name, step, post.seen, outcome);
    CheckRecord record =
        new CheckRecord(
            post.id, at, outcome, cause, step.memory(), step.flip(), events, nextCheckAt(post));
    return backlog.add(new Unwritten(record, feed, whenWritten));
  }

  /** An interval that stands is drawn to the server's own place in it. */
  private void schedule(Post post, Step step, Instant at) {
    Instant next = step.nextDue();
    if (next == null) {
      post.nextDue = Times.NEVER;
      return;
    }
    long now = times.now();
    long interval = Math.max(0, Duration.between(at, next).toNanos());
    boolean stands = interval == post.interval && step.memory().circuit() == CircuitState.CLOSED;
    long due = now + interval;
    post.nextDue =
        stands ? Math.max(now, Spread.drawn(post.id, due, interval, roster.size())) : due;
    post.interval = interval;
  }

  private @Nullable Instant nextCheckAt(Post post) {
    return post.nextDue == Times.NEVER ? null : times.instant(post.nextDue);
  }

  private LastSeen seen(Post post, @Nullable Outcome outcome) {
    LastSeen before = post.seen;
    Instant next = nextCheckAt(post);
    if (outcome == null || outcome instanceof Outcome.Inconclusive) {
      return new LastSeen(
          before.facts(), before.counts(), before.responseMicros(), before.lastCheckAt(), next);
    }
    Observation seen = outcome.seen();
    boolean failed = outcome instanceof Outcome.Failed;
    return new LastSeen(
        failed ? seen.facts().after(before.facts()) : seen.facts(),
        failed && seen.counts().equals(Counts.UNKNOWN) ? before.counts() : seen.counts(),
        failed ? null : Long.valueOf(seen.tookMicros()),
        seen.checkedAt(),
        next);
  }
}
