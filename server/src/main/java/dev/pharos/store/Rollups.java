package dev.pharos.store;

import dev.pharos.history.Latency;
import dev.pharos.history.Rollup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Reads roll-ups. The tables lie in the order of time; those of one server are asked for bucket by
 * bucket, since their begins are known.
 */
final class Rollups {
  private record Row(
      long begin, int bucket, String failure, long checks, long sum, long min, long max) {
    static Row read(ResultSet row) throws SQLException {
      return new Row(
          Moments.micros(row, "begin_at"),
          row.getInt("latency_bucket"),
          row.getString("failure"),
          row.getLong("checks"),
          row.getLong("sum_us"),
          row.getLong("min_us"),
          row.getLong("max_us"));
    }
  }

  /** First and last begin of the buckets to read; none when the last is before the first. */
  private record Bounds(long first, long last) {}

  /** How long the server was in each state, by bucket; from and to in microseconds. */
  @FunctionalInterface
  interface Times {
    Map<Instant, Rollup> of(long from, long to);
  }

  private final String inBuckets;

  Rollups(Dialect dialect) {
    inBuckets = "server_id = :server AND begin_at IN (" + dialect.buckets() + ")";
  }

  /** The roll-ups with {@code from <= begin < to}, oldest first. */
  List<Rollup> read(Handle handle, RollupStep step, ServerRange range, Times times) {
    Bounds there = there(handle, step);
    long first = Math.max(range.from(), there.first());
    long aligned = step.begin(first) == first ? first : step.begin(first) + step.micros();
    Bounds wanted = new Bounds(aligned, Math.min(range.to() - 1, there.last()));
    if (wanted.last() < wanted.first()) {
      return List.of();
    }
    Map<Long, List<Row>> buckets = new TreeMap<>();
    rows(handle, range.server(), step, wanted)
        .forEach(row -> buckets.computeIfAbsent(row.begin(), _ -> new ArrayList<>()).add(row));
    List<Rollup> rollups = new ArrayList<>(buckets.size());
    Map<Instant, Rollup> seconds = times.of(wanted.first(), wanted.last() + step.micros());
    buckets.forEach((begin, rows) ->
        rollups.add(
            counted(begin, rows)
                .plus(seconds.getOrDefault(Moments.instant(begin), nothing(begin)))));
    return rollups;
  }

  void delete(Handle handle, long server) {
    for (RollupStep step : RollupStep.values()) {
      Bounds there = there(handle, step);
      handle
          .createUpdate("DELETE FROM " + step.table() + " WHERE " + inBuckets)
          .bind("server", server)
          .bind("first", new Moment(there.first()))
          .bind("end", new Moment(there.last() + 1))
          .bind("step", step.micros())
          .execute();
    }
  }

  private static Bounds there(Handle handle, RollupStep step) {
    return handle
        .createQuery(
            """
            SELECT (SELECT MIN(begin_at) FROM %1$s) AS first, (SELECT MAX(begin_at) FROM %1$s) AS last
            """
                .formatted(step.table()))
        .map((row, _) -> {
          Long first = Moments.microsOrNull(row, "first");
          return first == null ? new Bounds(0, -1) : new Bounds(first, Moments.micros(row, "last"));
        })
        .one();
  }

  private List<Row> rows(Handle handle, long server, RollupStep step, Bounds wanted) {
    return handle
        .createQuery("SELECT * FROM " + step.table() + " WHERE " + inBuckets)
        .bind("server", server)
        .bind("first", new Moment(wanted.first()))
        .bind("end", new Moment(wanted.last() + 1))
        .bind("step", step.micros())
        .map((row, _) -> Row.read(row))
        .list();
  }

  private static Rollup nothing(long begin) {
    return counted(begin, List.of());
  }

  private static Rollup counted(long begin, List<Row> rows) {
    long checks = 0;
    long sum = 0;
    long least = Long.MAX_VALUE;
    long most = 0;
    Map<String, Long> failures = new HashMap<>();
    long[] histogram = new long[Latency.BUCKETS];
    for (Row row : rows) {
      checks += row.checks();
      if (row.bucket() == RollupStatement.NO_BUCKET) {
        failures.put(row.failure(), row.checks());
        continue;
      }
      histogram[row.bucket()] = row.checks();
      sum += row.sum();
      least = Math.min(least, row.min());
      most = Math.max(most, row.max());
    }
    return new Rollup(
        Moments.instant(begin),
        checks,
        failures,
        Map.of(),
        sum,
        least == Long.MAX_VALUE ? 0 : least,
        most,
        histogram);
  }
}
