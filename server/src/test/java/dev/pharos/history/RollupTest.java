package dev.pharos.history;

import static dev.pharos.history.Timeline.at;
import static dev.pharos.history.Timeline.lasting;
import static dev.pharos.history.Timeline.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.testing.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollupTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant BUCKET = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void spans_are_cut_at_the_edges_of_buckets() {
    List<Rollup> rollups =
        Rollup.ofSpans(
            List.of(
                span(SpanState.UNKNOWN, -100, 600),
                span(SpanState.HEALTHY, 600, 5_400.5),
                lasting(SpanState.UNHEALTHY, 5_400.5)),
            at(0),
            at(7_200),
            HOUR);
    assertThat(rollups).extracting(Rollup::begin).containsExactly(BUCKET, BUCKET.plus(HOUR));
    assertThat(rollups)
        .extracting(Rollup::seconds)
        .containsExactly(
            Map.of(SpanState.UNKNOWN, 600.0, SpanState.HEALTHY, 3_000.0),
            Map.of(SpanState.HEALTHY, 1_800.5, SpanState.UNHEALTHY, 1_799.5));
  }

  @Test
  void buckets_without_time_are_left_out() {
    List<Span> spans =
        List.of(span(SpanState.HEALTHY, 0, 10), span(SpanState.HEALTHY, 7_200, 7_210));
    assertThat(Rollup.ofSpans(spans, at(0), at(9_000), HOUR))
        .extracting(Rollup::begin)
        .containsExactly(BUCKET, BUCKET.plus(HOUR).plus(HOUR));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.5S", "PT1.5S", "PT-1S"})
  void a_step_is_whole_seconds(String step) {
    assertThatThrownBy(() -> TimeSlice.bucket(BUCKET, Duration.parse(step)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void buckets_are_counted_from_1970_also_before_it() {
    assertThat(TimeSlice.bucket(Instant.ofEpochSecond(-1), HOUR))
        .isEqualTo(Instant.ofEpochSecond(-3_600));
    assertThat(TimeSlice.bucket(Instant.parse("2026-03-01T23:59:59.999999Z"), Duration.ofDays(1)))
        .isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
  }

  @Test
  void two_rollups_add_up_in_every_number() {
    long[] one = new long[Latency.BUCKETS];
    one[3] = 2;
    long[] other = new long[Latency.BUCKETS];
    other[3] = 1;
    other[5] = 4;
    Rollup sum =
        new Rollup(
                BUCKET.plus(HOUR),
                5,
                Map.of("refused", 3L),
                Map.of(SpanState.HEALTHY, 10.5),
                300,
                100,
                200,
                one)
            .plus(
                new Rollup(
                    BUCKET,
                    7,
                    Map.of("refused", 1L, "timeout", 1L),
                    Map.of(SpanState.HEALTHY, 1.5, SpanState.BLIND, 2.0),
                    900,
                    90,
                    190,
                    other));
    assertThat(sum.begin()).isEqualTo(BUCKET);
    assertThat(sum.checks()).isEqualTo(12);
    assertThat(sum.failures()).isEqualTo(Map.of("refused", 4L, "timeout", 1L));
    assertThat(sum.seconds()).isEqualTo(Map.of(SpanState.HEALTHY, 12.0, SpanState.BLIND, 2.0));
    assertThat(sum.sumMicros()).isEqualTo(1_200);
    assertThat(sum.minMicros()).isEqualTo(90);
    assertThat(sum.maxMicros()).isEqualTo(200);
    assertThat(sum.histogram()[3]).isEqualTo(3);
    assertThat(sum.histogram()[5]).isEqualTo(4);
  }

  @Test
  void a_rollup_without_response_times_does_not_touch_the_least_of_them() {
    long[] timed = new long[Latency.BUCKETS];
    timed[3] = 1;
    Rollup looks = new Rollup(BUCKET, 1, Map.of(), Map.of(), 120, 120, 120, timed);
    Rollup time = Rollup.ofTime(BUCKET, SpanState.HEALTHY, 60);
    assertThat(looks.plus(time).minMicros()).isEqualTo(120);
    assertThat(time.plus(looks).minMicros()).isEqualTo(120);
    assertThat(time.plus(time).minMicros()).isZero();
  }

  @Test
  void slices_of_any_partition_add_up_to_the_whole_exactly() {
    long seed = Seed.of(RollupTest.class);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 2_000; round++) {
      Instant from = Instant.ofEpochSecond(random.nextLong(-1_000_000, 1_000_000), 1_000);
      Instant to = from.plusNanos(random.nextLong(1_000_000_000_000L) * 1_000);
      Duration step = Duration.ofSeconds(random.nextLong(300, 100_000));
      Instant cut = from.plusNanos(random.nextLong(1_000_000_000L) * 1_000);
      Instant middle = cut.isAfter(to) ? to : cut;
      Duration sum = total(from, middle, step).plus(total(middle, to, step));
      assertThat(sum).as("seed %d", seed).isEqualTo(Duration.between(from, to));
      assertThat(TimeSlice.cut(from, to, step))
          .as("seed %d", seed)
          .allSatisfy(slice -> assertThat(slice.time()).isPositive().isLessThanOrEqualTo(step));
    }
  }

  @Test
  void small_buckets_add_up_to_large_ones_and_these_to_uptime() {
    long seed = Seed.of(RollupTest.class);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 30; round++) {
      List<Span> spans = Timeline.random(random, 60);
      Instant end = spans.getLast().from().plusSeconds(random.nextLong(1, 10_000));
      Uptime whole = Uptime.of(spans, Timeline.START, end);
      for (Duration step : List.of(Duration.ofMinutes(5), HOUR, Duration.ofDays(1))) {
        List<Rollup> rollups = Rollup.ofSpans(spans, Timeline.START, end, step);
        Rollup sum = rollups.stream().reduce(Rollup::plus).orElseThrow();
        for (SpanState state : SpanState.values()) {
          assertThat(sum.seconds().getOrDefault(state, 0.0))
              .as("seed %d, round %d, %s by %s", seed, round, state, step)
              .isCloseTo(whole.in(state).toNanos() / 1e9, within(1e-6));
        }
      }
    }
  }

  private static Duration total(Instant from, Instant to, Duration step) {
    return TimeSlice.cut(from, to, step).stream()
        .map(TimeSlice::time)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
