package dev.pharos.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The default settings, with some of them changed. */
final class Tuning {
  Duration interval = HealthSettings.DEFAULT.interval();
  boolean adaptive = true;
  Duration watchedInterval = HealthSettings.DEFAULT.watchedInterval();
  Duration degradedInterval = HealthSettings.DEFAULT.degradedInterval();
  Duration unhealthyInterval = HealthSettings.DEFAULT.unhealthyInterval();
  Duration settlingInterval = HealthSettings.DEFAULT.settlingInterval();
  int failAfter = HealthSettings.DEFAULT.failAfter();
  int recoverAfter = HealthSettings.DEFAULT.recoverAfter();
  Duration confirmFast = HealthSettings.DEFAULT.confirmFast();
  Duration confirmSlow = HealthSettings.DEFAULT.confirmSlow();
  @Nullable Duration slowAfter = HealthSettings.DEFAULT.slowAfter();
  int failureThreshold = HealthSettings.DEFAULT.failureThreshold();
  Duration circuitTimeout = HealthSettings.DEFAULT.circuitTimeout();
  Duration maxOpenInterval = HealthSettings.DEFAULT.maxOpenInterval();
  int maxFailureCycles = HealthSettings.DEFAULT.maxFailureCycles();
  boolean autoDisable = true;
  Duration disabledInterval = HealthSettings.DEFAULT.disabledInterval();

  HealthSettings settings() {
    return new HealthSettings(
        interval,
        adaptive,
        watchedInterval,
        degradedInterval,
        unhealthyInterval,
        settlingInterval,
        failAfter,
        recoverAfter,
        confirmFast,
        confirmSlow,
        slowAfter,
        failureThreshold,
        circuitTimeout,
        maxOpenInterval,
        maxFailureCycles,
        autoDisable,
        disabledInterval);
  }
}
