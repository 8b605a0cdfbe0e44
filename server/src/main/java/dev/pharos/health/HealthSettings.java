package dev.pharos.health;

import dev.pharos.fleet.Overrides;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How health follows from looks, and when to look again: the fleet's settings, or one server's
 * after its overrides.
 *
 * @param interval between looks where adaptive ones do not apply; 1 s or more, like all intervals
 * @param adaptive whether the interval follows the health
 * @param watchedInterval healthy, while a connection or process is held
 * @param settlingInterval the first interval after a flip to healthy, growing by half each good
 *     look
 * @param failAfter failed looks in a row that make a server unhealthy
 * @param recoverAfter good looks in a row that make it healthy again
 * @param confirmFast wait before a first failure is looked at again, after a refused, reset or
 *     ended connection or process
 * @param confirmSlow the same after anything else
 * @param slowAfter a look that takes longer makes a server degraded; null for never
 * @param failureThreshold failed looks in a row that open the circuit
 * @param circuitTimeout how long the circuit stays open before one look decides
 * @param maxOpenInterval up to which the unhealthy interval grows while the circuit is open
 * @param autoDisable whether a server is given up after {@code maxFailureCycles}
 * @param disabledInterval between the looks at a server that was given up and may come back
 */
public record HealthSettings(
    Duration interval,
    boolean adaptive,
    Duration watchedInterval,
    Duration degradedInterval,
    Duration unhealthyInterval,
    Duration settlingInterval,
    int failAfter,
    int recoverAfter,
    Duration confirmFast,
    Duration confirmSlow,
    @Nullable Duration slowAfter,
    int failureThreshold,
    Duration circuitTimeout,
    Duration maxOpenInterval,
    int maxFailureCycles,
    boolean autoDisable,
    Duration disabledInterval) {
  public static final HealthSettings DEFAULT =
      new HealthSettings(
          Duration.ofSeconds(60),
          true,
          Duration.ofSeconds(300),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          2,
          1,
          Duration.ofMillis(250),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          5,
          Duration.ofSeconds(60),
          Duration.ofSeconds(300),
          3,
          true,
          Duration.ofMinutes(15));

  /** These settings with a server's own ones in their place. */
  public HealthSettings with(Overrides o) {
    return new HealthSettings(
        or(o.interval(), interval),
        or(o.adaptive(), adaptive),
        or(o.watchedInterval(), watchedInterval),
        or(o.degradedInterval(), degradedInterval),
        or(o.unhealthyInterval(), unhealthyInterval),
        settlingInterval,
        or(o.failAfter(), failAfter),
        or(o.recoverAfter(), recoverAfter),
        confirmFast,
        confirmSlow,
        o.slowAfter() == null ? slowAfter : o.slowAfter(),
        or(o.failureThreshold(), failureThreshold),
        or(o.circuitTimeout(), circuitTimeout),
        maxOpenInterval,
        or(o.maxFailureCycles(), maxFailureCycles),
        or(o.autoDisable(), autoDisable),
        disabledInterval);
  }

  private static <T> T or(@Nullable T own, T fleet) {
    return own == null ? fleet : own;
  }
}
