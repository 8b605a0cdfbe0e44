package dev.pharos.fleet;

import dev.pharos.trace.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that the health of a server depends on: stored whole, so that it survives restarts and
 * changes of owner.
 *
 * @param since when {@code health} began: the first evidence, not its confirmation; of {@code
 *     UNKNOWN}: when the last thing happened that made what was known doubtful
 * @param spanSince when the current span began: {@link #span()} has been the same since
 * @param reason why it is not healthy, by the newest look that said so, or null
 * @param failuresInRow looks that failed since the last one that did not
 * @param firstFailureAt when the first of them began, or null
 * @param successesInRow looks that did not fail since the last one that did
 * @param firstSuccessAt when the first of them began, or null
 * @param pace the interval that is kept now; it grows after a flip and while the circuit is open
 * @param failureCycles half-open looks that failed since the circuit was last closed
 * @param lastLookAt when the last conclusive look began, or null
 * @param errorCount failed looks since the server was registered
 */
public record HealthMemory(
    Health health,
    Instant since,
    Instant spanSince,
    @Nullable Failure reason,
    int failuresInRow,
    @Nullable Instant firstFailureAt,
    int successesInRow,
    @Nullable Instant firstSuccessAt,
    Duration pace,
    CircuitState circuit,
    Instant circuitSince,
    int failureCycles,
    @Nullable Instant autoDisabledAt,
    @Nullable String autoDisabledReason,
    @Nullable Instant lastLookAt,
    long errorCount,
    boolean active,
    boolean maintenance,
    boolean blind) {

  /** The memory of a server that was never looked at. */
  public static HealthMemory fresh(Instant now) {
    return new HealthMemory(
        Health.UNKNOWN,
        now,
        now,
        null,
        0,
        null,
        0,
        null,
        Duration.ZERO,
        CircuitState.CLOSED,
        now,
        0,
        null,
        null,
        null,
        0,
        true,
        false,
        false);
  }

  /** What the server's time counts as now. */
  public SpanState span() {
    if (!active) {
      return SpanState.INACTIVE;
    }
    if (maintenance) {
      return SpanState.MAINTENANCE;
    }
    if (blind) {
      return SpanState.BLIND;
    }
    return switch (health) {
      case UNKNOWN -> SpanState.UNKNOWN;
      case HEALTHY -> SpanState.HEALTHY;
      case DEGRADED -> SpanState.DEGRADED;
      case UNHEALTHY -> SpanState.UNHEALTHY;
    };
  }
}
