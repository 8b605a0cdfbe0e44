package dev.pharos.health;

import dev.pharos.fleet.SpanState;
import java.util.Arrays;

/**
 * A server's time as one byte a second, painted by the rules as a person would tell them: the
 * slowest and plainest thing that spans and uptime can be measured by. Knows no circuit.
 */
@SuppressWarnings("EnumOrdinal") // a byte a second
final class SecondBySecond {
  private static final int FAIL_AFTER = 2;

  private final byte[] line;
  private int painted;
  private int shownSince;
  private SpanState shown = SpanState.UNKNOWN;
  private SpanState health = SpanState.UNKNOWN;
  private int doubtfulSince;
  private int failures;
  private int firstFailure;
  private boolean disabled;
  private boolean maintenance;
  private boolean blind;

  SecondBySecond(int seconds) {
    line = new byte[seconds];
  }

  void looked(int begin, int end, SpanState saw) {
    paintUntil(end);
    boolean outdated = health == SpanState.UNKNOWN && begin < doubtfulSince;
    if (disabled || blind || outdated) {
      return;
    }
    if (saw != SpanState.UNHEALTHY) {
      failures = 0;
      turn(saw, begin);
      return;
    }
    failures++;
    if (failures == 1) {
      firstFailure = begin;
    }
    if (failures >= FAIL_AFTER) {
      turn(SpanState.UNHEALTHY, firstFailure);
    }
  }

  void happened(int second, Happening what) {
    paintUntil(second);
    switch (what) {
      case Happening.Enabled _ -> disabled = false;
      case Happening.Disabled _ -> disabled = true;
      case Happening.MaintenanceBegan _ -> maintenance = true;
      case Happening.MaintenanceEnded _ -> maintenance = false;
      case Happening.Blinded _ -> blind = true;
      case Happening.Sighted _ -> blind = false;
      case Happening.Edited _, Happening.CircuitReset _, Happening.Looked _ -> {
        // No overlay.
      }
    }
    if (makesDoubtful(what)) {
      failures = 0;
      health = SpanState.UNKNOWN;
      doubtfulSince = second;
    }
    show(second);
  }

  private static boolean makesDoubtful(Happening what) {
    return switch (what) {
      case Happening.Enabled _,
          Happening.Disabled _,
          Happening.Blinded _,
          Happening.Sighted _,
          Happening.Edited _ ->
          true;
      case Happening.MaintenanceBegan _,
          Happening.MaintenanceEnded _,
          Happening.CircuitReset _,
          Happening.Looked _ ->
          false;
    };
  }

  /** The line, painted to its end. */
  byte[] finish() {
    paintUntil(line.length);
    return line;
  }

  private void turn(SpanState to, int evidence) {
    if (to != health) {
      health = to;
      show(Math.max(evidence, shownSince));
    }
  }

  private void show(int since) {
    SpanState next =
        disabled
            ? SpanState.INACTIVE
            : maintenance ? SpanState.MAINTENANCE : blind ? SpanState.BLIND : health;
    if (next != shown) {
      shown = next;
      shownSince = since;
      Arrays.fill(line, Math.min(since, painted), painted, (byte) next.ordinal());
    }
  }

  private void paintUntil(int second) {
    int end = Math.min(second, line.length);
    if (end > painted) {
      Arrays.fill(line, painted, end, (byte) shown.ordinal());
      painted = end;
    }
  }
}
