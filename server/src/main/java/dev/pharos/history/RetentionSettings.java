package dev.pharos.history;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long history is kept; each at least an hour.
 *
 * @param logs one row for each look
 * @param fiveMinutes roll-ups of five minutes
 * @param hours roll-ups of an hour
 * @param events the journal: a cursor older than that must start anew
 */
public record RetentionSettings(
    Duration logs, Duration fiveMinutes, Duration hours, Duration events) {
  public static final RetentionSettings DEFAULT =
      new RetentionSettings(
          Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(365), Duration.ofDays(90));

  public RetentionSettings {
    if (Stream.of(logs, fiveMinutes, hours, events)
        .anyMatch(each -> each.compareTo(Duration.ofHours(1)) < 0)) {
      throw new IllegalArgumentException("history is kept for at least an hour");
    }
  }
}
