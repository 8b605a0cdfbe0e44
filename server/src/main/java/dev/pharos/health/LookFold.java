package dev.pharos.health;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.Observation;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a look changes. */
final class LookFold {
  private LookFold() {}

  static Step step(Draft draft, Happening.Looked looked) {
    if (!draft.active && (draft.autoDisabledAt == null || !looked.canAutoEnable())) {
      return draft.toStep(null, false);
    }
    Observation seen = looked.outcome().seen();
    if (!draft.blind && isOutdated(draft, seen.checkedAt())) {
      return draft.toStep(draft.now, false);
    }
    Verdict verdict =
        draft.blind ? Verdict.NOTHING : Verdict.of(looked.outcome(), draft.settings.slowAfter());
    fold(draft, verdict, seen.checkedAt());
    return draft.toStep(Cadence.after(draft, looked, verdict), knocks(draft, verdict.reason()));
  }

  /**
   * Whether the look began before what was known was forgotten: it saw an old definition, or our
   * own network failing. Not judged when the clock was set back.
   */
  private static boolean isOutdated(Draft draft, Instant begin) {
    return draft.health() == Health.UNKNOWN
        && begin.isBefore(draft.since())
        && !draft.now.isBefore(draft.since());
  }

  private static void fold(Draft draft, Verdict verdict, Instant begin) {
    Failure reason = verdict.reason();
    switch (verdict.health()) {
      case UNKNOWN -> {
        // Nothing was learnt.
      }
      case HEALTHY, DEGRADED -> passed(draft, verdict, begin);
      case UNHEALTHY -> {
        if (reason != null) {
          failed(draft, reason, begin);
        }
      }
    }
  }

  private static void passed(Draft draft, Verdict verdict, Instant begin) {
    draft.lastLookAt = begin;
    draft.failuresInRow = 0;
    draft.firstFailureAt = null;
    draft.successesInRow++;
    Instant first = draft.firstSuccessAt == null ? begin : draft.firstSuccessAt;
    draft.firstSuccessAt = first;
    if (draft.health() != Health.UNHEALTHY) {
      draft.turn(verdict.health(), begin, verdict.reason());
    } else if (!draft.active || draft.successesInRow >= draft.settings.recoverAfter()) {
      draft.turn(verdict.health(), first, verdict.reason());
    }
    int cycles = draft.failureCycles;
    Breaker.passed(draft, begin);
    if (!draft.active) {
      comeBack(draft, cycles);
    }
  }

  private static void comeBack(Draft draft, int cycles) {
    draft.active = true;
    draft.autoDisabledAt = null;
    draft.autoDisabledReason = null;
    draft.changed(new Change.AutoEnabled(draft.now, "the server answered again", cycles));
  }

  private static void failed(Draft draft, Failure reason, Instant begin) {
    draft.lastLookAt = begin;
    draft.errorCount++;
    draft.successesInRow = 0;
    draft.firstSuccessAt = null;
    draft.failuresInRow++;
    Instant first = draft.firstFailureAt == null ? begin : draft.firstFailureAt;
    draft.firstFailureAt = first;
    boolean known = draft.health() == Health.UNHEALTHY;
    if (known || draft.failuresInRow >= draft.settings.failAfter()) {
      draft.turn(Health.UNHEALTHY, first, reason);
    }
    if (draft.active) {
      Breaker.failed(draft, begin, reason, known);
    }
  }

  private static boolean knocks(Draft draft, @Nullable Failure seen) {
    return Cadence.knocks(draft) || (draft.active && draft.suspected() && isRefusal(seen));
  }

  static boolean isRefusal(@Nullable Failure failure) {
    return failure != null && failure.kind() == FailureKind.REFUSED;
  }
}
