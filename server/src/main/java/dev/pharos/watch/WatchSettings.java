package dev.pharos.watch;

import dev.pharos.health.HealthSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds and habits of the watch. All of them may be changed while it runs.
 *
 * @param health the fleet's settings, before a server's overrides
 * @param maxInFlight looks at once over all; an eighth is kept for looks that somebody waits for
 * @param maxPerHost looks and knocks at once at one host. A host is often a gateway to hundreds of
 *     servers of which some hang, each holding its place for its whole time-out: so more than a
 *     browser would use, yet no more than an eighth of all
 * @param maxChildren looks at child processes at once
 * @param maxHeld streams held over HTTP; each costs a file handle. Processes are not counted
 * @param renewAfter the longest time between two fresh handshakes
 * @param listsAfter the longest time between two readings of all lists
 * @param knockEvery between two knocks at a door
 * @param blindWindow within which hosts must have been lost for us to be called blind
 * @param sentinel what answers as long as our network works; null to judge by the fleet
 * @param maxBacklog records kept while the store does not take them
 */
public record WatchSettings(
    HealthSettings health,
    int maxInFlight,
    int maxPerHost,
    int maxChildren,
    int maxHeld,
    Duration renewAfter,
    Duration listsAfter,
    Duration knockEvery,
    Duration blindWindow,
    @Nullable Door sentinel,
    int maxBacklog) {
  public static final WatchSettings DEFAULT =
      new WatchSettings(
          HealthSettings.DEFAULT,
          256,
          32,
          32,
          4_096,
          Duration.ofHours(1),
          Duration.ofMinutes(10),
          // With the look that follows, a server is seen back within 5 s.
          Duration.ofMillis(4_500),
          Duration.ofSeconds(30),
          null,
          20_000);

  public WatchSettings {
    if (maxInFlight < 1 || maxPerHost < 1 || maxChildren < 1) {
      throw new IllegalArgumentException("bounds of looks at once must be at least 1");
    }
    if (maxHeld < 0 || maxBacklog < 1_000) {
      throw new IllegalArgumentException("hold 0 streams or more, and keep 1000 records or more");
    }
    if (shortest(renewAfter, listsAfter, knockEvery, blindWindow).compareTo(Duration.ofMillis(100))
        < 0) {
      throw new IllegalArgumentException("the watch's durations must be at least 100 ms");
    }
  }

  private static Duration shortest(Duration... durations) {
    Duration shortest = durations[0];
    for (Duration each : durations) {
      shortest = each.compareTo(shortest) < 0 ? each : shortest;
    }
    return shortest;
  }

  /** The same with other settings of health. */
  public WatchSettings with(HealthSettings other) {
    return new WatchSettings(
        other,
        maxInFlight,
        maxPerHost,
        maxChildren,
        maxHeld,
        renewAfter,
        listsAfter,
        knockEvery,
        blindWindow,
        sentinel,
        maxBacklog);
  }
}
