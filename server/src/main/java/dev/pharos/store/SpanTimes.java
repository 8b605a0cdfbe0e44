package dev.pharos.store;

import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long a server was in each state, counted from its spans: they are the one truth, so that no
 * sum of seconds has to follow when a flip is stamped earlier than it was known.
 */
final class SpanTimes {
  private record Stretch(SpanState state, long from, long to) {}

  private final List<Stretch> stretches = new ArrayList<>();
  private int oldest;

  /**
   * Of spans of one server, oldest first.
   *
   * @param now the end of the open span
   */
  SpanTimes(List<Span> spans, Instant now) {
    for (Span each : spans) {
      Instant to = each.to();
      stretches.add(
          new Stretch(
              each.state(), Moments.micros(each.from()), Moments.micros(to == null ? now : to)));
    }
  }

  /**
   * The seconds within a stretch of time, in microseconds; states without any are left out. Asked
   * for ever later stretches.
   */
  Map<SpanState, Double> seconds(long from, long to) {
    while (oldest < stretches.size() && stretches.get(oldest).to() <= from) {
      oldest++;
    }
    Map<SpanState, Long> micros = new EnumMap<>(SpanState.class);
    for (int i = oldest; i < stretches.size() && stretches.get(i).from() < to; i++) {
      Stretch each = stretches.get(i);
      long shared = Math.min(to, each.to()) - Math.max(from, each.from());
      if (shared > 0) {
        micros.merge(each.state(), shared, Long::sum);
      }
    }
    Map<SpanState, Double> seconds = new EnumMap<>(SpanState.class);
    micros.forEach((state, sum) -> seconds.put(state, sum / 1e6));
    return seconds;
  }
}
