package dev.pharos.health;

import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.Health;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When to look again. Waits count from the end of a look: a slow server is not asked more often
 * than it can answer.
 */
final class Cadence {
  static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Nobody makes us wait longer. */
  static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  private static final Duration AFTER_NOTHING = Duration.ofSeconds(30);

  /** Something ended: what comes after it is there at once, or not at all. */
  private static final Set<FailureKind> ENDED =
      EnumSet.of(
          FailureKind.REFUSED,
          FailureKind.RESET,
          FailureKind.EMPTY_REPLY,
          FailureKind.TRUNCATED,
          FailureKind.STREAM_ENDED,
          FailureKind.PROCESS_EXIT,
          FailureKind.SESSION_LOST);

  /** Answers that mean: not so often. */
  private static final Set<FailureKind> BUSY =
      EnumSet.of(FailureKind.HTTP_429, FailureKind.HTTP_503);

  private Cadence() {}

  /** The next due time after a look; null for none. Sets the pace. */
  static @Nullable Instant after(Draft draft, Happening.Looked looked, Verdict verdict) {
    Duration asked = looked.outcome().seen().retryAfter();
    if (!draft.active) {
      return looked.canAutoEnable()
          ? notBefore(draft, asked, draft.now.plus(seldom(draft.settings)))
          : null;
    }
    Failure reason = verdict.reason();
    if (verdict.health() == Health.UNKNOWN) {
      return notBefore(draft, asked, afterNothing(draft));
    }
    if (draft.suspected() && reason != null) {
      Instant due = draft.now.plus(confirmation(draft.settings, reason.kind()));
      return BUSY.contains(reason.kind()) ? notBefore(draft, asked, due) : due;
    }
    draft.pace = interval(draft, looked.watched());
    return notBefore(draft, asked, notAfterDecision(draft, draft.now.plus(draft.pace)));
  }

  /** The next due time after something that calls for a look at once, where looks are made. */
  static @Nullable Instant atOnce(Draft draft) {
    return draft.active ? draft.now : untilSeldom(draft);
  }

  /** The next due time after a look that taught nothing. */
  static Instant afterNothing(Draft draft) {
    Duration interval = draft.settings.interval();
    Duration usual = draft.pace.isZero() ? interval : shorter(interval, draft.pace);
    Duration wait = draft.suspected() ? draft.settings.confirmSlow() : usual;
    Instant due = draft.now.plus(atLeastShortest(shorter(AFTER_NOTHING, wait)));
    // When the decision is due already, hurrying would only spin.
    return Breaker.decisionAt(draft).isAfter(draft.now) ? notAfterDecision(draft, due) : due;
  }

  /** When a server that was given up is looked at again; null when a person disabled it. */
  static @Nullable Instant untilSeldom(Draft draft) {
    if (draft.autoDisabledAt == null) {
      return null;
    }
    Instant last = draft.lastLookAt == null ? draft.autoDisabledAt : draft.lastLookAt;
    return Draft.later(draft.now, last.plus(seldom(draft.settings)));
  }

  /** Whether a server that is known to be down is worth knocking at. */
  static boolean knocks(Draft draft) {
    return draft.active
        && draft.health() == Health.UNHEALTHY
        && draft.failuresInRow > 0
        && LookFold.isRefusal(draft.reason());
  }

  private static Duration interval(Draft draft, boolean watched) {
    HealthSettings settings = draft.settings;
    Duration wanted =
        !settings.adaptive()
            ? settings.interval()
            : switch (draft.health()) {
              case UNKNOWN -> settings.interval();
              case HEALTHY ->
                  settling(draft, watched ? settings.watchedInterval() : settings.interval());
              case DEGRADED -> settings.degradedInterval();
              case UNHEALTHY -> startsAgain(draft) ? restart(draft) : backingOff(draft);
            };
    return atLeastShortest(wanted);
  }

  /** A process is started again by the next look: soon, and the less often the more it ends. */
  private static boolean startsAgain(Draft draft) {
    Failure reason = draft.reason();
    return reason != null && reason.kind() == FailureKind.PROCESS_EXIT;
  }

  private static Duration restart(Draft draft) {
    long beyond = Math.clamp(draft.failuresInRow - (long) draft.settings.failAfter(), 0, 8);
    return shorter(SHORTEST.multipliedBy(1L << beyond), backingOff(draft));
  }

  private static Duration settling(Draft draft, Duration target) {
    boolean fresh = draft.before.health() != Health.HEALTHY;
    return shorter(target, fresh ? draft.settings.settlingInterval() : grown(draft.pace));
  }

  private static Duration backingOff(Draft draft) {
    Duration usual = draft.settings.unhealthyInterval();
    boolean stayedOpen =
        draft.before.circuit() != CircuitState.CLOSED && draft.circuit != CircuitState.CLOSED;
    if (!stayedOpen) {
      return usual;
    }
    return longer(usual, shorter(draft.settings.maxOpenInterval(), grown(draft.pace)));
  }

  private static Instant notAfterDecision(Draft draft, Instant due) {
    if (draft.circuit == CircuitState.CLOSED) {
      return due;
    }
    Instant decision = Draft.later(draft.now, Breaker.decisionAt(draft));
    return due.isAfter(decision) ? decision : due;
  }

  private static Instant notBefore(Draft draft, @Nullable Duration asked, Instant due) {
    return asked == null ? due : Draft.later(due, draft.now.plus(shorter(asked, LONGEST_RETRY)));
  }

  private static Duration confirmation(HealthSettings settings, FailureKind kind) {
    return ENDED.contains(kind) ? settings.confirmFast() : settings.confirmSlow();
  }

  private static Duration seldom(HealthSettings settings) {
    return atLeastShortest(settings.disabledInterval());
  }

  private static Duration grown(Duration pace) {
    return pace.plus(pace.dividedBy(2));
  }

  private static Duration atLeastShortest(Duration wanted) {
    return longer(SHORTEST, wanted);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
