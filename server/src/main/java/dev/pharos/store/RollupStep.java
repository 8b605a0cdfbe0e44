package dev.pharos.store;

import java.time.Duration;

/** The steps of roll-ups. A bucket begins at a multiple of its step since 1970, in UTC. */
enum RollupStep {
  FIVE_MINUTES("mcp_rollup_5m", Duration.ofMinutes(5)),
  HOUR("mcp_rollup_1h", Duration.ofHours(1)),
  DAY("mcp_rollup_1d", Duration.ofDays(1));

  private final String table;
  private final long micros;

  RollupStep(String table, Duration length) {
    this.table = table;
    this.micros = Moments.micros(length);
  }

  static RollupStep of(Duration length) {
    for (RollupStep each : values()) {
      if (each.micros == Moments.micros(length)) {
        return each;
      }
    }
    throw new IllegalArgumentException("roll-ups are of 5 minutes, 1 hour or 1 day");
  }

  String table() {
    return table;
  }

  long micros() {
    return micros;
  }

  /** The begin of the bucket that a moment lies in; all in microseconds. */
  long begin(long at) {
    return Math.floorDiv(at, micros) * micros;
  }
}
