package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.history.Latency;
import dev.pharos.history.LogRow;
import dev.pharos.history.Rollup;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Seed;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import dev.pharos.watch.CheckRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Roll-ups against a recount from the raw rows and the spans, over random histories. */
abstract class RollupContract extends StoreContract {
  private static final List<Duration> STEPS =
      List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1));
  private static final Instant END = NOON.plus(Duration.ofDays(4));

  @RepeatedTest(5)
  void roll_ups_equal_a_recount_from_raw_rows() {
    long seed = Seed.of(RollupContract.class);
    Random random = new Random(seed);
    List<ServerId> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(id(registered("s" + i)));
    }
    live(ids, random);
    for (ServerId each : ids) {
      List<LogRow> rows = stores().history().logs(each, Instant.MIN, Instant.MAX, null, 100_000);
      List<Span> spans = stores().history().spans(each, Instant.MIN, Instant.MAX);
      assertThat(rows).as("seed %d", seed).isNotEmpty();
      for (Duration step : STEPS) {
        Map<Instant, Count> recount = recount(rows, step);
        List<Rollup> rollups = stores().history().rollups(each, Instant.EPOCH, END, step);
        assertThat(rollups)
            .as("seed %d", seed)
            .extracting(Rollup::begin)
            .containsExactlyElementsOf(recount.keySet());
        rollups.forEach(
            rollup -> same(rollup, recount.get(rollup.begin()), spans, step, "seed " + seed));
      }
    }
  }

  @Test
  void roll_ups_add_up() {
    ServerId a = id(registered("a"));
    live(List.of(a), new Random(7));
    Map<Instant, Count> hours = new TreeMap<>();
    for (Rollup each : stores().history().rollups(a, Instant.EPOCH, END, STEPS.getFirst())) {
      Instant hour = begin(each.begin(), STEPS.get(1));
      hours.computeIfAbsent(hour, _ -> new Count()).add(each);
    }
    List<Rollup> rollups = stores().history().rollups(a, Instant.EPOCH, END, STEPS.get(1));
    assertThat(rollups).hasSameSizeAs(hours.keySet());
    List<Span> spans = stores().history().spans(a, Instant.MIN, Instant.MAX);
    rollups.forEach(
        each -> same(each, hours.get(each.begin()), spans, STEPS.get(1), each.toString()));
  }

  /** Some days of looks, flips and other things that happen, in batches of random sizes. */
  private void live(List<ServerId> ids, Random random) {
    Map<ServerId, SpanState> states = new HashMap<>();
    List<CheckRecord> batch = new ArrayList<>();
    Instant now = NOON;
    while (now.isBefore(NOON.plus(Duration.ofDays(3)))) {
      now = now.plusNanos(1_000L * random.nextInt(600_000_000));
      ServerId server = ids.get(random.nextInt(ids.size()));
      SpanState before = states.getOrDefault(server, SpanState.UNKNOWN);
      SpanState after = random.nextInt(4) > 0 ? before : any(random);
      states.put(server, after);
      CheckRecord look = look(server, outcome(now, random), Fleets.memory(Health.HEALTHY, now));
      // Stamped with the first evidence, which is before the look that confirms it.
      Instant evidence = now.minusMillis(random.nextInt(3_000));
      batch.add(after == before ? look : flip(look, before, after, evidence));
      if (random.nextInt(20) == 0) {
        stores().checks().write(batch);
        batch.clear();
      }
    }
    stores().checks().write(batch);
  }

  private static SpanState any(Random random) {
    List<SpanState> all = List.of(SpanState.values());
    return all.get(random.nextInt(all.size()));
  }

  private static Outcome outcome(Instant at, Random random) {
    List<FailureKind> kinds =
        List.of(FailureKind.REFUSED, FailureKind.HTTP_503, FailureKind.TIMEOUT);
    long micros = (long) Math.pow(10, random.nextDouble(1, 9));
    return switch (random.nextInt(6)) {
      case 0 ->
          Fleets.failed(at, new Failure(Stage.HTTP, kinds.get(random.nextInt(kinds.size())), "so"));
      case 1 -> Fleets.inconclusive(at);
      case 2 -> Fleets.impaired(at, micros);
      default -> Fleets.passed(at, micros);
    };
  }

  /** A bucket counted by hand. */
  private static final class Count {
    private long checks;
    private long sum;
    private long least = Long.MAX_VALUE;
    private long most;
    private final Map<String, Long> failures = new HashMap<>();
    private final long[] histogram = new long[Latency.BUCKETS];

    void add(LogRow row) {
      checks++;
      if (row.verdict() == Health.UNHEALTHY && row.reason() != null) {
        failures.merge(row.reason().kind().wire(), 1L, Long::sum);
      } else if (row.responseMicros() != null) {
        long micros = row.responseMicros();
        histogram[Latency.bucket(micros)]++;
        sum += micros;
        least = Math.min(least, micros);
        most = Math.max(most, micros);
      }
    }

    void add(Rollup other) {
      checks += other.checks();
      sum += other.sumMicros();
      least = other.minMicros() == 0 ? least : Math.min(least, other.minMicros());
      most = Math.max(most, other.maxMicros());
      other.failures().forEach((kind, count) -> failures.merge(kind, count, Long::sum));
      for (int i = 0; i < histogram.length; i++) {
        histogram[i] += other.histogram()[i];
      }
    }
  }

  private static Map<Instant, Count> recount(List<LogRow> rows, Duration step) {
    Map<Instant, Count> buckets = new TreeMap<>();
    for (LogRow row : rows) {
      if (row.verdict() != Health.UNKNOWN) {
        buckets.computeIfAbsent(begin(row.checkedAt(), step), _ -> new Count()).add(row);
      }
    }
    return buckets;
  }

  private static void same(
      Rollup rollup, @Nullable Count count, List<Span> spans, Duration step, String why) {
    if (count == null) {
      throw new AssertionError("no looks at " + rollup.begin() + ", " + why);
    }
    assertThat(rollup.checks()).as(why).isEqualTo(count.checks);
    assertThat(rollup.failures()).as(why).isEqualTo(count.failures);
    assertThat(rollup.histogram()).as(why).isEqualTo(count.histogram);
    assertThat(rollup.sumMicros()).as(why).isEqualTo(count.sum);
    assertThat(rollup.maxMicros()).as(why).isEqualTo(count.most);
    assertThat(rollup.minMicros())
        .as(why)
        .isEqualTo(count.least == Long.MAX_VALUE ? 0 : count.least);
    Map<SpanState, Double> seconds = seconds(spans, rollup.begin(), rollup.begin().plus(step));
    assertThat(rollup.seconds()).as(why).containsOnlyKeys(seconds.keySet());
    seconds.forEach((state, time) ->
        assertThat(rollup.seconds().getOrDefault(state, -1.0))
            .as(why)
            .isCloseTo(time, offset(1e-6)));
  }

  /** Counted from the spans in another way than the stores do. */
  private static Map<SpanState, Double> seconds(List<Span> spans, Instant from, Instant to) {
    Map<SpanState, Duration> times = new EnumMap<>(SpanState.class);
    for (Span each : spans) {
      Instant begin = each.from().isAfter(from) ? each.from() : from;
      Instant end = each.to() == null ? NOW_THERE : each.to();
      end = end.isBefore(to) ? end : to;
      if (begin.isBefore(end)) {
        times.merge(each.state(), Duration.between(begin, end), Duration::plus);
      }
    }
    Map<SpanState, Double> seconds = new EnumMap<>(SpanState.class);
    times.forEach((state, time) -> seconds.put(state, Moments.micros(time) / 1e6));
    return seconds;
  }

  private static Instant begin(Instant at, Duration step) {
    long seconds = Math.floorDiv(at.getEpochSecond(), step.toSeconds()) * step.toSeconds();
    return Instant.ofEpochSecond(seconds);
  }

  /** The clock of the stores here: past all that happens. */
  static final Instant NOW_THERE = END;
}
