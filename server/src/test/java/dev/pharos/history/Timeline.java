package dev.pharos.history;

import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Spans for tests. */
final class Timeline {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private static final List<SpanState> STATES = List.of(SpanState.values());

  private Timeline() {}

  static Instant at(double seconds) {
    return START.plus(Duration.ofNanos(Math.round(seconds * 1e9)));
  }

  static Span span(SpanState state, double from, double to) {
    return new Span(state, at(from), at(to), null);
  }

  static Span lasting(SpanState state, double from) {
    return new Span(state, at(from), null, null);
  }

  /** Spans that tile time to the microsecond, the last one lasting. */
  static List<Span> random(SplittableRandom random, int count) {
    List<Span> spans = new ArrayList<>();
    Instant from = START.plusNanos(random.nextLong(1_000_000) * 1_000);
    for (int i = 1; i < count; i++) {
      Instant to = from.plusNanos(length(random) * 1_000);
      spans.add(new Span(state(random), from, to, null));
      from = to;
    }
    spans.add(new Span(state(random), from, null, null));
    return spans;
  }

  private static SpanState state(SplittableRandom random) {
    return STATES.get(random.nextInt(STATES.size()));
  }

  /** Microseconds: now and then none, mostly minutes, sometimes days. */
  private static long length(SplittableRandom random) {
    return switch (random.nextInt(10)) {
      case 0 -> 0;
      case 1 -> random.nextLong(1_000_000);
      case 2 -> random.nextLong(3 * 86_400_000_000L);
      default -> random.nextLong(1_800_000_000L);
    };
  }
}
