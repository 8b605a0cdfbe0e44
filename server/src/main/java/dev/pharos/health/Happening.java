package dev.pharos.health;

import dev.pharos.fleet.Outcome;

/** What can happen to a server. */
public sealed interface Happening {
  /**
   * It was looked at.
   *
   * @param watched whether a connection or process is held now
   * @param canAutoEnable whether a good look may bring it back when it had been given up
   */
  record Looked(Outcome outcome, boolean watched, boolean canAutoEnable) implements Happening {}

  /** A person enabled it, or registered it. */
  record Enabled() implements Happening {}

  /** A person disabled it, for good: it does not come back by itself. */
  record Disabled() implements Happening {}

  record MaintenanceBegan() implements Happening {}

  record MaintenanceEnded() implements Happening {}

  /** Our own network went down: nothing is known until it is back and a look was made. */
  record Blinded() implements Happening {}

  /** It is back: nothing is known of the server until the next look. */
  record Sighted() implements Happening {}

  /** A person closed the circuit. */
  record CircuitReset() implements Happening {}

  /**
   * The definition changed in a way that makes what was seen doubtful (address, credentials,
   * timeout).
   */
  record Edited() implements Happening {}
}
