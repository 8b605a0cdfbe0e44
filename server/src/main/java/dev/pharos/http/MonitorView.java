package dev.pharos.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How the monitor itself does. Thread-safe. */
public interface MonitorView {
  /**
   * Its state now.
   *
   * @param state {@code live}, {@code late}, {@code blind}, …, as in the event {@code
   *     monitor_state}
   * @param since when that began
   * @param message one line for a person, or empty
   * @param lateness the 99th percentile of how much later than due looks begin, of late
   */
  record State(String state, Instant since, String message, Duration lateness) {}

  /**
   * A process that takes part in watching the fleet.
   *
   * @param name for people
   * @param servers that it looks at
   * @param sinceSeen how long ago it was last heard of
   * @param live whether it counts as living
   * @param here whether it is the one that answers
   */
  record NodeState(
      String id,
      String name,
      String version,
      Instant startedAt,
      int servers,
      Duration sinceSeen,
      boolean live,
      boolean here) {}

  State state();

  /** All processes that take part; at least the one that answers. */
  List<NodeState> nodes();

  /**
   * What must hold to serve: {@code ok}, or one line that says what is wrong, by the name of the
   * part.
   */
  Map<String, String> readiness();
}
