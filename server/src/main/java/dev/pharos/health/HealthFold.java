package dev.pharos.health;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fold of a server's health. Pure: the same arguments give the same step.
 *
 * <p>What is decided here and not obvious:
 *
 * <ul>
 *   <li>Health is {@code UNKNOWN} while we are blind, after blindness, after an edit, while a
 *       person has the server disabled and after it was enabled, until the next look. A look that
 *       began before and ends after such a moment counts for nothing.
 *   <li>From {@code UNKNOWN} one good look is enough; a failed one is confirmed as usual.
 *   <li>{@code recoverAfter} guards the way out of {@code UNHEALTHY} only: between healthy and
 *       degraded each look decides. A degraded look counts as good for recovery.
 *   <li>The reason of a flip to {@code UNHEALTHY} is that of the look that confirmed it, its moment
 *       that of the first one.
 *   <li>The circuit counts confirmed failures only. In maintenance it opens and closes, but no
 *       cycle is counted and nobody is given up. Blindness leaves it as it is; an edit or a
 *       person's enabling closes it.
 *   <li>A server that was given up stays {@code UNHEALTHY}; looks at it are folded, but only a good
 *       one changes what its time counts as, and one is enough.
 *   <li>What a server asks with {@code Retry-After} goes before the moment of half-open.
 * </ul>
 */
public final class HealthFold {
  private HealthFold() {}

  /**
   * Folds one happening into the memory.
   *
   * @param settings the server's own, after its overrides
   * @param now when it happened: for a look, when it ended. Where the clock was set back, spans
   *     still follow one another.
   */
  public static Step step(
      HealthMemory before, Happening happening, HealthSettings settings, Instant now) {
    Draft draft = new Draft(before, settings, now);
    return switch (happening) {
      case Happening.Looked looked -> LookFold.step(draft, looked);
      case Happening.Enabled _ -> end(draft, enabled(draft));
      case Happening.Disabled _ -> end(draft, disabled(draft));
      case Happening.MaintenanceBegan _ -> end(draft, maintenance(draft, true));
      case Happening.MaintenanceEnded _ -> end(draft, maintenance(draft, false));
      case Happening.Blinded _ -> end(draft, blinded(draft));
      case Happening.Sighted _ -> end(draft, sighted(draft));
      case Happening.CircuitReset _ -> end(draft, circuitReset(draft));
      case Happening.Edited _ -> end(draft, edited(draft));
    };
  }

  private static Step end(Draft draft, @Nullable Instant due) {
    return draft.toStep(due, Cadence.knocks(draft));
  }

  private static Instant enabled(Draft draft) {
    if (!draft.active) {
      draft.active = true;
      draft.autoDisabledAt = null;
      draft.autoDisabledReason = null;
      draft.forget();
      Breaker.close(draft, "the server was enabled");
    }
    return draft.now;
  }

  /** A person's word stands: it does not come back by itself, even if it had been given up. */
  private static @Nullable Instant disabled(Draft draft) {
    draft.active = false;
    draft.autoDisabledAt = null;
    draft.autoDisabledReason = null;
    draft.forget();
    return null;
  }

  private static @Nullable Instant maintenance(Draft draft, boolean on) {
    draft.maintenance = on;
    return Cadence.atOnce(draft);
  }

  private static @Nullable Instant blinded(Draft draft) {
    if (!draft.blind) {
      draft.blind = true;
      draft.forget();
    }
    return draft.active ? Cadence.afterNothing(draft) : Cadence.untilSeldom(draft);
  }

  private static @Nullable Instant sighted(Draft draft) {
    if (draft.blind) {
      draft.blind = false;
      draft.forget();
    }
    return Cadence.atOnce(draft);
  }

  private static @Nullable Instant circuitReset(Draft draft) {
    Breaker.close(draft, "a person closed the circuit");
    if (draft.health() == Health.UNHEALTHY) {
      // Else the next failure would open it again.
      draft.failuresInRow = 0;
      draft.firstFailureAt = null;
    }
    return Cadence.atOnce(draft);
  }

  private static @Nullable Instant edited(Draft draft) {
    draft.forget();
    Breaker.close(draft, "the definition changed");
    boolean mayComeBack = draft.autoDisabledAt != null;
    return draft.active || mayComeBack ? draft.now : null;
  }
}
