package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.ServerId;
import dev.pharos.history.Retention;
import dev.pharos.history.RetentionSettings;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old days of the log go whole, while others write, and others read for long. */
class PostgresRetentionIT {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final RetentionSettings SETTINGS = new RetentionSettings(WEEK, WEEK, WEEK, WEEK);
  private static final Instant NOW = Fleets.NOON.plus(Duration.ofDays(9));

  private final PostgresNodes nodes = PostgresNodes.open();
  private ServerId server = new ServerId(0);
  private int written;

  @BeforeEach
  void ten_days() {
    server = nodes.register(1).getFirst();
    nodes.a().sharing().owners().take("a", 1, false);
    for (int day = 0; day < 10; day++) {
      write(Fleets.NOON.plus(Duration.ofDays(day)));
    }
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void whole_days_go_and_a_day_that_is_partly_young_stays() {
    Instant midnight = Instant.parse("2026-11-10T00:00:00Z");
    assertThat(prune(nodes.a(), midnight.minusNanos(1_000)).logs()).isEqualTo(1);
    assertThat(prune(nodes.a(), midnight).logs()).isEqualTo(1);
    assertThat(prune(nodes.a(), midnight).logs()).isZero();
    assertThat(oldest()).isEqualTo("2026-11-03 12");
  }

  @Test
  void a_long_reader_keeps_nobody_from_writing_and_its_day_goes_later() throws Exception {
    try (Connection reader = DriverManager.getConnection(Postgres.url());
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("SELECT COUNT(*) FROM %s.mcp_health_logs".formatted(nodes.schema()));
      CompletableFuture<Retention.Pruned> pruning =
          CompletableFuture.supplyAsync(() -> prune(nodes.a(), NOW));
      long slowest = 0;
      int writes = 0;
      for (; !pruning.isDone() || writes < 10; writes++) {
        long begun = System.nanoTime();
        // Of a day that has no table yet, too: days are made beside.
        write(NOW.plus(Duration.ofDays(writes % 40)).plusSeconds(60 + writes));
        slowest = Math.max(slowest, System.nanoTime() - begun);
      }
      System.out.printf(
          "while days were to be dropped and a reader held them: %d writes, the slowest %d ms%n",
          writes, slowest / 1_000_000);
      assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
      assertThat(pruning.get().logs()).isZero();
      assertThat(pending()).isOne();
      // Another node that tries meanwhile comes no further, and does no harm.
      assertThat(prune(nodes.b(), NOW).logs()).isZero();
      // What the reader reads is as it was.
      assertThat(count(statement)).isEqualTo(10);
      reader.rollback();
    }
    long before = nodes.number("SELECT COUNT(*) FROM %s.mcp_health_logs");
    assertThat(prune(nodes.b(), NOW).logs()).isEqualTo(2);
    assertThat(pending()).isZero();
    assertThat(oldest()).isEqualTo("2026-11-03 12");
    assertThat(nodes.number("SELECT COUNT(*) FROM %s.mcp_health_logs"))
        .isBetween(before - 2, before);
    assertThat(
            nodes.number(
                "SELECT COUNT(*) FROM pg_class WHERE relnamespace = '%s'::regnamespace AND relname IN ('mcp_health_logs_20261101', 'mcp_health_logs_20261102')"))
        .isZero();
    write(NOW.plus(Duration.ofDays(60)));
  }

  /**
   * The reader sees the log as it was when its transaction began, and writes of others do not wait.
   */
  private long count(Statement statement) throws SQLException {
    try (var row =
        statement.executeQuery(
            "SELECT COUNT(*) FROM %s.mcp_health_logs WHERE checked_at <= '%s'"
                .formatted(nodes.schema(), NOW))) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  private Retention.Pruned prune(PostgresStores stores, Instant now) {
    return stores.retention().prune(now, SETTINGS);
  }

  private void write(Instant at) {
    nodes.a().checks().write(List.of(StoreContract.good(server, at)));
    written++;
    assertThat(nodes.number("SELECT SUM(checks) FROM %s.mcp_rollup_1d")).isEqualTo(written);
  }

  private long pending() {
    return nodes.number(
        "SELECT COUNT(*) FROM pg_inherits WHERE inhparent = '%s.mcp_health_logs'::regclass AND inhdetachpending");
  }

  private String oldest() {
    return Postgres.ask(
        "SELECT to_char(MIN(checked_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24') FROM %s.mcp_health_logs"
            .formatted(nodes.schema()));
  }
}
