package dev.pharos.watch;

import dev.pharos.fleet.Outcome;
import dev.pharos.trace.Stage;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the watch does. Thread-safe. */
final class Tally {
  final LongAdder passed = new LongAdder();
  final LongAdder impaired = new LongAdder();
  final LongAdder inconclusive = new LongAdder();
  final LongAdder sightsOpened = new LongAdder();
  final LongAdder sightsClosed = new LongAdder();
  final LongAdder endsHeard = new LongAdder();
  private final Map<Stage, LongAdder> failed = new EnumMap<>(Stage.class);

  Tally() {
    for (Stage stage : Stage.values()) {
      failed.put(stage, new LongAdder());
    }
  }

  void count(Outcome outcome) {
    adder(outcome).increment();
  }

  private LongAdder adder(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> passed;
      case Outcome.Impaired _ -> impaired;
      case Outcome.Inconclusive _ -> inconclusive;
      case Outcome.Failed given -> failed.getOrDefault(given.reason().stage(), inconclusive);
    };
  }

  Map<Stage, Long> failed() {
    Map<Stage, Long> sums = new EnumMap<>(Stage.class);
    failed.forEach((stage, adder) -> sums.put(stage, adder.sum()));
    return sums;
  }
}
