package dev.pharos.fleet;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one server that differ from the fleet's; null where they do not. Durations are at
 * least a second (but {@code slowAfter}: 1 ms), counts at least 1.
 *
 * @param interval between looks where nothing else says so
 * @param adaptive whether the intervals follow the server's health
 * @param watchedInterval of a healthy server whose connection or process is held
 * @param slowAfter a look that takes longer makes the server degraded
 */
public record Overrides(
    @Nullable Duration interval,
    @Nullable Boolean adaptive,
    @Nullable Duration watchedInterval,
    @Nullable Duration degradedInterval,
    @Nullable Duration unhealthyInterval,
    @Nullable Integer failAfter,
    @Nullable Integer recoverAfter,
    @Nullable Duration slowAfter,
    @Nullable ReuseCheck check,
    @Nullable Integer failureThreshold,
    @Nullable Duration circuitTimeout,
    @Nullable Integer maxFailureCycles,
    @Nullable Boolean autoDisable) {
  public static final Overrides NONE =
      new Overrides(null, null, null, null, null, null, null, null, null, null, null, null, null);
}
