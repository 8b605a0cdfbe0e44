package dev.pharos.health;

import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.Health;
import dev.pharos.trace.Failure;
import java.time.Instant;

/**
 * The circuit of a server that keeps failing. It counts confirmed failures only, so that it never
 * opens, and never gives up, a server that is not unhealthy.
 *
 * <p>{@code HALF_OPEN} does not last: the first look that begins when the time-out is over passes
 * through it to what it decides.
 */
final class Breaker {
  private Breaker() {}

  /** A look that did not fail closes the circuit, whenever it comes. */
  static void passed(Draft draft, Instant begin) {
    if (decides(draft, begin)) {
      tryOut(draft);
    }
    close(draft, "the server answered");
  }

  /**
   * @param known whether the server was unhealthy before this look: only then it may be given up,
   *     so that the time since the first evidence is never lost between two spans
   */
  static void failed(Draft draft, Instant begin, Failure why, boolean known) {
    if (draft.health() != Health.UNHEALTHY) {
      return;
    }
    if (draft.circuit == CircuitState.CLOSED) {
      if (draft.failuresInRow >= draft.settings.failureThreshold()) {
        move(
            draft,
            CircuitState.OPEN,
            draft.failuresInRow + " looks failed in a row: " + why.message());
      }
    } else if (decides(draft, begin)) {
      decidedAgainst(draft, why);
      if (known) {
        giveUpIfDue(draft, why);
      }
    }
  }

  /**
   * The deciding look failed. The first time, that is news; of a server that stays as it is, and of
   * one in maintenance, it is none, though the circuit passes through the same states.
   */
  private static void decidedAgainst(Draft draft, Failure why) {
    boolean news = draft.failureCycles == 0 && !draft.maintenance;
    if (news) {
      tryOut(draft);
    }
    countCycle(draft);
    if (news) {
      move(draft, CircuitState.OPEN, "the deciding look failed: " + why.message());
    } else {
      draft.circuit = CircuitState.OPEN;
      draft.circuitSince = draft.now;
    }
  }

  /** Closes the circuit and forgets its cycles. */
  static void close(Draft draft, String message) {
    draft.failureCycles = 0;
    if (draft.circuit != CircuitState.CLOSED) {
      move(draft, CircuitState.CLOSED, message);
    }
  }

  /** When the next look decides, if the circuit is open. */
  static Instant decisionAt(Draft draft) {
    return draft.circuitSince.plus(draft.settings.circuitTimeout());
  }

  private static boolean decides(Draft draft, Instant begin) {
    return switch (draft.circuit) {
      case CLOSED -> false;
      case OPEN -> !begin.isBefore(decisionAt(draft));
      case HALF_OPEN -> true;
    };
  }

  private static void tryOut(Draft draft) {
    if (draft.circuit == CircuitState.OPEN) {
      move(draft, CircuitState.HALF_OPEN, "the time-out is over: this look decides");
    }
  }

  /** Failing is what was announced: nobody is given up for it. */
  private static void countCycle(Draft draft) {
    if (!draft.maintenance) {
      draft.failureCycles++;
    }
  }

  private static void giveUpIfDue(Draft draft, Failure why) {
    if (!draft.settings.autoDisable()
        || draft.maintenance
        || draft.failureCycles < draft.settings.maxFailureCycles()) {
      return;
    }
    String reason = draft.failureCycles + " failure cycles, the last: " + why.message();
    draft.active = false;
    draft.autoDisabledAt = draft.now;
    draft.autoDisabledReason = reason;
    draft.changed(new Change.AutoDisabled(draft.now, reason, draft.failureCycles));
  }

  private static void move(Draft draft, CircuitState to, String message) {
    draft.changed(
        new Change.Circuit(
            draft.circuit, to, draft.now, draft.failuresInRow, draft.failureCycles, message));
    draft.circuit = to;
    draft.circuitSince = draft.now;
  }
}
