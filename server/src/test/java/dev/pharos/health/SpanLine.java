package dev.pharos.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Flip;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.trace.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps spans as a store would: a flip ends the one that is open and begins the next. */
final class SpanLine {
  private final List<Span> closed = new ArrayList<>();
  private SpanState state;
  private Instant since;
  private @Nullable Failure reason;

  SpanLine(HealthMemory first) {
    state = first.span();
    since = first.spanSince();
  }

  /** Takes a step in and checks that its flip follows from the one before. */
  void add(Step step) {
    Flip flip = step.flip();
    if (flip != null) {
      assertThat(flip.from()).isEqualTo(state).isNotEqualTo(flip.to());
      assertThat(flip.at()).isAfterOrEqualTo(since);
      closed.add(new Span(state, since, flip.at(), reason));
      state = flip.to();
      since = flip.at();
      reason = flip.reason();
    }
    assertThat(step.memory().span()).isEqualTo(state);
    assertThat(step.memory().spanSince()).isEqualTo(since);
  }

  List<Span> spans() {
    List<Span> all = new ArrayList<>(closed);
    all.add(new Span(state, since, null, reason));
    return all;
  }
}
