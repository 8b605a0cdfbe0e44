package dev.pharos.cli;

import dev.pharos.fleet.Health;
import java.util.Collection;

/** The exit codes of {@code check}. */
final class ExitCode {
  static final int HEALTHY = 0;

  /** Also for what could not be looked at, and for our own faults: 0 means that all is well. */
  static final int UNHEALTHY = 1;

  static final int USAGE = 2;
  static final int DEGRADED = 3;
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(Health health) {
    return switch (health) {
      case HEALTHY -> HEALTHY;
      case DEGRADED -> DEGRADED;
      case UNHEALTHY, UNKNOWN -> UNHEALTHY;
    };
  }

  /** The worst of several: unhealthy, then degraded, then healthy. */
  static int worst(Collection<Integer> codes) {
    if (codes.contains(UNHEALTHY)) {
      return UNHEALTHY;
    }
    return codes.contains(DEGRADED) ? DEGRADED : HEALTHY;
  }
}
