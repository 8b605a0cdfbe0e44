package dev.pharos.health;

import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A server that comes and goes at random, is paused, announced and lost from sight, and is looked
 * at whenever the fold says so; all in whole seconds. The same is told to the fold and to a {@link
 * SecondBySecond}.
 */
@SuppressWarnings("EnumOrdinal") // a byte a second
final class SimulatedTime {
  private final int seconds;
  private final int scale;
  private final SplittableRandom random;
  private final byte[] truth;
  private final TreeMap<Integer, Happening> agenda = new TreeMap<>();
  private final SecondBySecond model;
  private final HealthSettings settings;
  private HealthMemory memory = HealthMemory.fresh(Story.START);
  private final SpanLine line = new SpanLine(memory);
  private int looks;

  /**
   * @param scale seconds that an ordinary failure lasts
   */
  SimulatedTime(int seconds, int scale, SplittableRandom random) {
    this.seconds = seconds;
    this.scale = scale;
    this.random = random;
    truth = new byte[seconds];
    model = new SecondBySecond(seconds);
    Tuning tuning = new Tuning();
    tuning.autoDisable = false;
    settings = tuning.settings();
  }

  List<Span> spans() {
    return line.spans();
  }

  /** The state of each second as the plain model has it. */
  byte[] model() {
    return model.finish();
  }

  int looks() {
    return looks;
  }

  void run() {
    decideTruth();
    alternate(40, 4, new Happening.MaintenanceBegan(), new Happening.MaintenanceEnded());
    alternate(60, 8, new Happening.Disabled(), new Happening.Enabled());
    alternate(50, 2, new Happening.Blinded(), new Happening.Sighted());
    alternate(50, 50, new Happening.Edited(), new Happening.CircuitReset());
    Integer due = 0;
    while (due != null && due < seconds) {
      Map.Entry<Integer, Happening> next = agenda.firstEntry();
      due = next != null && next.getKey() <= due ? happens(next) : looks(due);
      while (due == null && !agenda.isEmpty()) {
        due = happens(agenda.firstEntry());
      }
    }
    while (!agenda.isEmpty()) {
      happens(agenda.firstEntry());
    }
  }

  /** A look takes up to three seconds; what happens meanwhile happens before it ends. */
  private @Nullable Integer looks(int begin) {
    if (++looks > seconds) {
      throw new AssertionError("looks without pause");
    }
    int end = Math.min(begin + Math.max(0, random.nextInt(8) - 4), seconds);
    while (!agenda.isEmpty() && agenda.firstKey() <= end) {
      happens(agenda.firstEntry());
    }
    SpanState saw = SpanState.values()[truth[begin]];
    model.looked(begin, end, saw);
    return fold(
        new Happening.Looked(outcome(saw, Story.at(begin)), random.nextInt(9) == 0, true), end);
  }

  private @Nullable Integer happens(Map.Entry<Integer, Happening> next) {
    agenda.remove(next.getKey());
    model.happened(next.getKey(), next.getValue());
    return fold(next.getValue(), next.getKey());
  }

  private @Nullable Integer fold(Happening happening, int second) {
    Step step = HealthFold.step(memory, happening, settings, Story.at(second));
    memory = step.memory();
    line.add(step);
    Instant due = step.nextDue();
    return due == null
        ? null
        : (int) Math.ceilDiv(Duration.between(Story.START, due).toMillis(), 1_000L);
  }

  private Outcome outcome(SpanState saw, Instant begin) {
    return switch (saw) {
      case HEALTHY -> Sights.passed(begin);
      case DEGRADED -> random.nextBoolean() ? Sights.slow(begin) : Sights.impaired(begin);
      case UNHEALTHY ->
          Sights.failed(begin, random.nextBoolean() ? FailureKind.REFUSED : FailureKind.TIMEOUT);
      case UNKNOWN, BLIND, MAINTENANCE, INACTIVE -> throw new IllegalStateException();
    };
  }

  private void decideTruth() {
    List<SpanState> states =
        List.of(
            SpanState.HEALTHY,
            SpanState.UNHEALTHY,
            SpanState.HEALTHY,
            SpanState.DEGRADED,
            SpanState.UNHEALTHY);
    int second = 0;
    int turn = random.nextInt(states.size());
    while (second < seconds) {
      SpanState state = states.get(turn++ % states.size());
      int end = Math.min(seconds, second + about(state == SpanState.HEALTHY ? 10 : 1));
      Arrays.fill(truth, second, end, (byte) state.ordinal());
      second = end;
    }
  }

  private void alternate(int every, int lasting, Happening begin, Happening end) {
    int second = about(every);
    while (second < seconds) {
      put(second, begin);
      second += about(lasting);
      if (second < seconds) {
        put(second, end);
      }
      second += about(every);
    }
  }

  /** One thing a second, and nothing beyond the end. */
  private void put(int second, Happening happening) {
    int free = second;
    while (agenda.containsKey(free)) {
      free++;
    }
    if (free < seconds) {
      agenda.put(free, happening);
    }
  }

  /** A time that is exponentially distributed, at least 5 seconds. */
  private int about(int times) {
    double mean = (double) times * scale;
    return 5 + (int) Math.min(mean * 20, -Math.log(1 - random.nextDouble()) * mean);
  }
}
