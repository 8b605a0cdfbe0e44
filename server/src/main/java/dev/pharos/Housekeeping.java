package dev.pharos;

import dev.pharos.history.Retention;
import dev.pharos.settings.RuntimeSettings;
import dev.pharos.watch.Pulse;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what is too old, now and then. */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final Pulse pulse;
  private final Retention retention;
  private final RuntimeSettings settings;
  private final InstantSource clock;
  private Pulse.@Nullable Beat beat;

  Housekeeping(Pulse pulse, Retention retention, RuntimeSettings settings, InstantSource clock) {
    this.pulse = pulse;
    this.retention = retention;
    this.settings = settings;
    this.clock = clock;
  }

  void start() {
    beat = pulse.every("housekeeping", EVERY, this::prune);
  }

  private void prune() {
    try {
      var _ = retention.prune(clock.instant(), settings.current().retention());
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("What is too old could not be removed; it is tried again");
    }
  }

  @Override
  public void close() {
    if (beat != null) {
      beat.close();
    }
  }
}
