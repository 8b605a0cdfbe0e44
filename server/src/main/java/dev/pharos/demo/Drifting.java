package dev.pharos.demo;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A catalogue that is another one each minute, and says so on the held streams. Thread-safe. */
final class Drifting implements Supplier<Catalogue> {
  private static final Duration FIRST = Duration.ofSeconds(40);
  private static final Duration EACH = Duration.ofSeconds(60);

  private final List<Catalogue> stages;
  private final Streams streams;
  private final Cue cue;
  private volatile int stage;

  Drifting(Catalogue first, Streams streams, Cue cue) {
    this.stages = first.stages();
    this.streams = streams;
    this.cue = cue;
    cue.later(FIRST, () -> drift(1));
  }

  @Override
  public Catalogue get() {
    return stages.get(stage);
  }

  private void drift(int next) {
    cue.later(EACH, () -> drift((next + 1) % stages.size()));
    stage = next;
    streams.tellAll(Toy.changed("tools"));
  }
}
