package dev.pharos.health;

import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.Health;
import dev.pharos.trace.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a step of the fold changed that others want to hear of. */
public sealed interface Change {
  /** The health changed: at the first evidence. */
  record Status(Health from, Health to, Instant at, @Nullable Failure reason) implements Change {}

  record Circuit(
      CircuitState from,
      CircuitState to,
      Instant at,
      int failureCount,
      int failureCycles,
      String message)
      implements Change {}

  record AutoDisabled(Instant at, String reason, int failureCycles) implements Change {}

  record AutoEnabled(Instant at, String reason, int failureCycles) implements Change {}
}
