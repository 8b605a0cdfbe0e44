package dev.pharos.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.history.Rollup;
import dev.pharos.history.Uptime;
import dev.pharos.testing.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Spans, uptime and roll-ups against a model that counts every single second. */
@SuppressWarnings("EnumOrdinal") // a byte a second
class YearTest {
  private static final int DAY = 86_400;
  private static final SpanState[] STATES = SpanState.values();

  private final long seed = Seed.of(YearTest.class);
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void spans_uptime_and_rollups_of_a_year_are_exact_to_the_second() {
    SimulatedTime year = new SimulatedTime(365 * DAY, 1_800, random);
    year.run();
    assertThat(year.looks()).isGreaterThan(200_000);
    checkSpans(year);
    checkUptime(year, 40);
    for (int step : List.of(300, 3_600, DAY)) {
      checkRollups(year, step);
    }
  }

  @Test
  void crowded_days_are_exact_to_the_second_too() {
    for (int day = 0; day < 60; day++) {
      SimulatedTime crowded = new SimulatedTime(DAY, random.nextInt(1, 60), random);
      crowded.run();
      checkSpans(crowded);
      checkUptime(crowded, 20);
    }
  }

  private void checkSpans(SimulatedTime time) {
    byte[] expected = time.model();
    byte[] actual = new byte[expected.length];
    for (Span span : time.spans()) {
      int to = span.to() == null ? actual.length : second(span.to());
      Arrays.fill(actual, second(span.from()), to, (byte) span.state().ordinal());
    }
    assertThat(Arrays.mismatch(actual, expected))
        .as("seed %d: the first second that differs", seed)
        .isEqualTo(-1);
  }

  private void checkUptime(SimulatedTime time, int ranges) {
    byte[] model = time.model();
    List<Span> spans = time.spans();
    for (int range = 0; range < ranges; range++) {
      int from = random.nextInt(model.length);
      int to = random.nextInt(from, model.length) + 1;
      long[] seconds = count(model, from, to);
      Uptime uptime = Uptime.of(spans, Story.at(from), Story.at(to));
      for (SpanState state : STATES) {
        assertThat(uptime.in(state))
            .as("seed %d, %s from %d to %d", seed, state, from, to)
            .isEqualTo(Duration.ofSeconds(seconds[state.ordinal()]));
      }
      checkDown(uptime, seconds[SpanState.UNHEALTHY.ordinal()]);
      checkRatio(uptime, seconds);
    }
  }

  private void checkDown(Uptime uptime, long seconds) {
    Duration down =
        uptime.down().stream()
            .map(each -> Duration.between(each.from(), each.to() == null ? uptime.to() : each.to()))
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(down).as("seed %d", seed).isEqualTo(Duration.ofSeconds(seconds));
  }

  private void checkRatio(Uptime uptime, long[] seconds) {
    long up = seconds[SpanState.HEALTHY.ordinal()] + seconds[SpanState.DEGRADED.ordinal()];
    long known = up + seconds[SpanState.UNHEALTHY.ordinal()];
    if (known == 0) {
      assertThat(uptime.ratio()).as("seed %d", seed).isNull();
    } else {
      assertThat(uptime.ratio())
          .as("seed %d", seed)
          .isCloseTo((double) up / known, within(1e-12))
          .isLessThanOrEqualTo((double) up / known);
    }
  }

  private void checkRollups(SimulatedTime time, int step) {
    byte[] model = time.model();
    List<Rollup> rollups =
        Rollup.ofSpans(time.spans(), Story.START, Story.at(model.length), Duration.ofSeconds(step));
    int from = 0;
    for (Rollup rollup : rollups) {
      int to = Math.min(second(rollup.begin()) + step, model.length);
      long[] seconds = count(model, from, to);
      for (SpanState state : STATES) {
        assertThat(rollup.seconds().getOrDefault(state, 0.0))
            .as("seed %d, %s in the bucket of %s", seed, state, rollup.begin())
            .isEqualTo((double) seconds[state.ordinal()]);
      }
      from = to;
    }
    assertThat(from).as("seed %d: all time is in a bucket", seed).isEqualTo(model.length);
  }

  private static long[] count(byte[] model, int from, int to) {
    long[] seconds = new long[STATES.length];
    for (int second = from; second < to; second++) {
      seconds[model[second]]++;
    }
    return seconds;
  }

  private static int second(Instant at) {
    Duration since = Duration.between(Story.START, at);
    assertThat(since).isEqualTo(Duration.ofSeconds(since.toSeconds()));
    return (int) since.toSeconds();
  }
}
