package dev.pharos.history;

import java.time.Instant;

/** Forgets what is too old. Thread-safe; looks go on being written meanwhile. */
public interface Retention {
  /**
   * What was removed, in rows.
   *
   * @param snapshots that no server shows any more
   */
  record Pruned(long logs, long fiveMinutes, long hours, long events, long snapshots) {
    public long total() {
      return logs + fiveMinutes + hours + events + snapshots;
    }
  }

  /**
   * Removes what is older than it may be, in small transactions. Spans and daily roll-ups are kept
   * for ever, and so is the newest event: its id is the cursor of those that join.
   */
  Pruned prune(Instant now, RetentionSettings settings);
}
