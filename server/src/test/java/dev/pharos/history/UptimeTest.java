package dev.pharos.history;

import static dev.pharos.history.Timeline.at;
import static dev.pharos.history.Timeline.lasting;
import static dev.pharos.history.Timeline.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.testing.Seed;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UptimeTest {
  @Test
  void only_known_time_counts_and_degraded_is_up() {
    Uptime uptime =
        Uptime.of(
            List.of(
                span(SpanState.UNKNOWN, 0, 10),
                span(SpanState.HEALTHY, 10, 40),
                span(SpanState.DEGRADED, 40, 50),
                span(SpanState.UNHEALTHY, 50, 60),
                span(SpanState.MAINTENANCE, 60, 80),
                span(SpanState.BLIND, 80, 85),
                lasting(SpanState.INACTIVE, 85)),
            at(0),
            at(100));
    assertThat(uptime.known()).isEqualTo(Duration.ofSeconds(50));
    assertThat(uptime.up()).isEqualTo(Duration.ofSeconds(40));
    assertThat(uptime.ratio()).isEqualTo(0.8);
    assertThat(uptime.text()).isEqualTo("80.00 %");
    assertThat(uptime.in(SpanState.UNKNOWN)).isEqualTo(Duration.ofSeconds(10));
    assertThat(uptime.in(SpanState.MAINTENANCE)).isEqualTo(Duration.ofSeconds(20));
    assertThat(uptime.in(SpanState.BLIND)).isEqualTo(Duration.ofSeconds(5));
    assertThat(uptime.in(SpanState.INACTIVE)).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void spans_are_cut_to_the_range_to_the_microsecond() {
    List<Span> spans =
        List.of(span(SpanState.UNHEALTHY, 0, 10.000001), lasting(SpanState.HEALTHY, 10.000001));
    Uptime uptime = Uptime.of(spans, at(10), at(20));
    assertThat(uptime.in(SpanState.UNHEALTHY)).isEqualTo(Duration.ofNanos(1_000));
    assertThat(uptime.in(SpanState.HEALTHY)).isEqualTo(Duration.ofNanos(9_999_999_000L));
  }

  @Test
  void nothing_known_is_no_ratio() {
    Uptime uptime = Uptime.of(List.of(lasting(SpanState.BLIND, 0)), at(0), at(50));
    assertThat(uptime.ratio()).isNull();
    assertThat(uptime.text()).isEqualTo("unknown");
    assertThat(Uptime.of(List.of(), at(0), at(50)).ratio()).isNull();
    assertThat(Uptime.of(List.of(lasting(SpanState.HEALTHY, 0)), at(50), at(50)).ratio()).isNull();
  }

  @Test
  void time_before_the_first_span_is_in_no_state() {
    Uptime uptime = Uptime.of(List.of(lasting(SpanState.HEALTHY, 90)), at(0), at(100));
    assertThat(uptime.known()).isEqualTo(Duration.ofSeconds(10));
    assertThat(uptime.text()).isEqualTo("100 %");
  }

  @ParameterizedTest
  @CsvSource({
    "1000000,    0,       100 %",
    "1000000,    40,      99.99 %",
    "1000000,    100,     99.99 %",
    "1000000,    101,     99.98 %",
    "31536000,   1,       99.99 %",
    "3153600000, 0.001,   99.99 %",
    "1000000,    500000,  50.00 %",
    "1000000,    999999,  0.00 %",
    "1000000,    1000000, 0.00 %",
    "3,          1,       66.66 %"
  })
  void the_text_is_never_rounded_up(double known, double down, String expected) {
    List<Span> spans =
        List.of(
            span(SpanState.HEALTHY, 0, known - down),
            span(SpanState.UNHEALTHY, known - down, known));
    assertThat(Uptime.of(spans, at(0), at(known)).text()).isEqualTo(expected);
  }

  @Test
  void the_smallest_failure_of_a_century_keeps_the_ratio_below_one() {
    Instant from = at(0);
    Instant to = from.plus(Duration.ofDays(36_500));
    Instant fall = to.minusNanos(1_000);
    List<Span> spans =
        List.of(
            new Span(SpanState.HEALTHY, from, fall, null),
            new Span(SpanState.UNHEALTHY, fall, null, null));
    assertThat(Uptime.of(spans, from, to).ratio()).isLessThan(1.0);
    assertThat(Uptime.ratio(spans, from, to)).isLessThan(1.0);
  }

  @Test
  void the_ratio_alone_is_that_of_the_whole() {
    long seed = Seed.of(UptimeTest.class);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      List<Span> spans = Timeline.random(random, 1 + random.nextInt(20));
      Instant last = spans.getLast().from();
      long length = Duration.between(Timeline.START, last).toSeconds() + 1_000;
      Instant from = Timeline.START.plusSeconds(random.nextLong(-1_000, length));
      Instant to = from.plusSeconds(random.nextLong(length));
      Double whole = Uptime.of(spans, from, to).ratio();
      Double alone = Uptime.ratio(spans, from, to);
      if (whole == null || alone == null) {
        assertThat(alone).as("seed %d, round %d", seed, round).isEqualTo(whole);
      } else {
        assertThat(alone).as("seed %d, round %d", seed, round).isCloseTo(whole, within(1e-14));
        assertThat(alone == 1).as("seed %d, round %d", seed, round).isEqualTo(whole == 1);
      }
    }
  }

  @Test
  void what_counted_as_down_is_listed_with_its_reasons_cut_to_the_range() {
    Failure reason = new Failure(Stage.CONNECT, FailureKind.REFUSED, "connection refused");
    List<Span> spans =
        List.of(
            new Span(SpanState.UNHEALTHY, at(0), at(20), reason),
            span(SpanState.DEGRADED, 20, 30),
            span(SpanState.UNHEALTHY, 30, 35),
            span(SpanState.INACTIVE, 35, 40),
            lasting(SpanState.UNHEALTHY, 40));
    assertThat(Uptime.of(spans, at(10), at(50)).down())
        .containsExactly(
            new Span(SpanState.UNHEALTHY, at(10), at(20), reason),
            span(SpanState.UNHEALTHY, 30, 35),
            lasting(SpanState.UNHEALTHY, 40));
  }

  @Test
  void uptimes_of_any_partition_add_up_to_the_whole() {
    long seed = Seed.of(UptimeTest.class);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      List<Span> spans = Timeline.random(random, 100);
      Instant end = spans.getLast().from().plusSeconds(random.nextLong(10_000));
      Uptime whole = Uptime.of(spans, Timeline.START, end);
      for (SpanState state : SpanState.values()) {
        Duration sum = Duration.ZERO;
        for (Uptime part : parts(spans, end, new SplittableRandom(round))) {
          sum = sum.plus(part.in(state));
        }
        assertThat(sum).as("seed %d, round %d, %s", seed, round, state).isEqualTo(whole.in(state));
      }
    }
  }

  private static List<Uptime> parts(List<Span> spans, Instant end, SplittableRandom random) {
    long micros = Duration.between(Timeline.START, end).toNanos() / 1_000;
    List<Instant> cuts =
        Stream.concat(
                random
                    .longs(20, 0, micros + 1)
                    .sorted()
                    .mapToObj(cut -> Timeline.START.plusNanos(cut * 1_000)),
                Stream.of(end))
            .toList();
    List<Uptime> parts = new ArrayList<>();
    Instant from = Timeline.START;
    for (Instant cut : cuts) {
      parts.add(Uptime.of(spans, from, cut));
      from = cut;
    }
    return parts;
  }
}
