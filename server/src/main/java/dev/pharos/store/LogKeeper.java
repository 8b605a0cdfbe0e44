package dev.pharos.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** Makes room in the log: for what comes, and of what is old. */
sealed interface LogKeeper permits PlainLog, PartitionedLog {
  /** Makes ready for rows of these times. */
  void prepare(Collection<Instant> times);

  /** Forgets what was made ready: writing failed. */
  void doubt();

  /**
   * Removes rows that are older than an age, perhaps in whole days.
   *
   * @return how many rows, or nearly
   */
  long prune(Instant now, Duration age);
}
