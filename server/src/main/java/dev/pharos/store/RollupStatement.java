package dev.pharos.store;

import dev.pharos.fleet.Outcome;
import dev.pharos.history.Latency;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds looks to the roll-ups. A row counts the looks of a bucket that ended in one way: a bucket of
 * the histogram, or a kind of failure. So adding is one addition, whatever was there before. Our
 * own faults are nobody's look and are not counted.
 */
final class RollupStatement {
  /** The histogram's bucket of looks that failed. */
  static final int NO_BUCKET = -1;

  /** The kind of failure of looks that did not. */
  static final String NO_FAILURE = "";

  private record Key(long begin, long server, int bucket, String failure) {
    /** As the rows lie: those side by side are written one after the other. */
    static final Comparator<Key> IN_TABLE =
        Comparator.comparingLong(Key::begin)
            .thenComparingLong(Key::server)
            .thenComparingInt(Key::bucket)
            .thenComparing(Key::failure);
  }

  private static final class Sum {
    private long checks;
    private long total;
    private long least = Long.MAX_VALUE;
    private long most;

    void add(long micros) {
      checks++;
      total += micros;
      least = Math.min(least, micros);
      most = Math.max(most, micros);
    }
  }

  private final Map<RollupStep, PreparedStatement> upserts = new EnumMap<>(RollupStep.class);
  private final Map<RollupStep, Map<Key, Sum>> sums = new EnumMap<>(RollupStep.class);

  private final Dialect dialect;

  RollupStatement(Connection connection, Dialect dialect) throws SQLException {
    this.dialect = dialect;
    for (RollupStep step : RollupStep.values()) {
      upserts.put(step, connection.prepareStatement(upsert(step.table(), dialect)));
      sums.put(step, new TreeMap<>(Key.IN_TABLE));
    }
  }

  void add(long server, long at, Outcome outcome) {
    switch (outcome) {
      case Outcome.Passed it -> answered(server, at, it.seen().tookMicros());
      case Outcome.Impaired it -> answered(server, at, it.seen().tookMicros());
      case Outcome.Failed it -> add(server, at, NO_BUCKET, it.reason().kind().wire(), 0);
      case Outcome.Inconclusive _ -> {}
    }
  }

  void flush() throws SQLException {
    for (RollupStep step : RollupStep.values()) {
      PreparedStatement upsert = statement(step);
      for (Map.Entry<Key, Sum> each : sums(step).entrySet()) {
        bind(upsert, each.getKey(), each.getValue());
      }
      upsert.executeBatch();
      sums(step).clear();
    }
  }

  void clear() throws SQLException {
    for (RollupStep step : RollupStep.values()) {
      statement(step).clearBatch();
      sums(step).clear();
    }
  }

  private void answered(long server, long at, long micros) {
    add(server, at, Latency.bucket(micros), NO_FAILURE, micros);
  }

  private void add(long server, long at, int bucket, String failure, long micros) {
    for (RollupStep step : RollupStep.values()) {
      sums(step)
          .computeIfAbsent(new Key(step.begin(at), server, bucket, failure), _ -> new Sum())
          .add(micros);
    }
  }

  private Map<Key, Sum> sums(RollupStep step) {
    return sums.getOrDefault(step, Map.of());
  }

  private PreparedStatement statement(RollupStep step) {
    PreparedStatement statement = upserts.get(step);
    if (statement == null) {
      throw new IllegalStateException("no statement for " + step);
    }
    return statement;
  }

  private void bind(PreparedStatement upsert, Key key, Sum sum) throws SQLException {
    dialect.setMoment(upsert, 1, key.begin());
    upsert.setLong(2, key.server());
    upsert.setInt(3, key.bucket());
    upsert.setString(4, key.failure());
    upsert.setLong(5, sum.checks);
    upsert.setLong(6, sum.total);
    upsert.setLong(7, sum.least);
    upsert.setLong(8, sum.most);
    upsert.addBatch();
  }

  private static String upsert(String table, Dialect dialect) {
    return """
    INSERT INTO %1$s AS r
      (begin_at, server_id, latency_bucket, failure, checks, sum_us, min_us, max_us)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (begin_at, server_id, latency_bucket, failure) DO UPDATE SET
      checks = r.checks + excluded.checks,
      sum_us = r.sum_us + excluded.sum_us,
      min_us = %2$s,
      max_us = %3$s
    """
        .formatted(
            table,
            dialect.least("r.min_us", "excluded.min_us"),
            dialect.greatest("r.max_us", "excluded.max_us"));
  }
}
