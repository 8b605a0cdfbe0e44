package dev.pharos.http;

import java.time.Duration;
import java.time.Instant;
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

  State state();

  /**
   * What must hold to serve: {@code ok}, or one line that says what is wrong, by the name of the
   * part.
   */
  Map<String, String> readiness();
}
