package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pharos.fleet.ServerId;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that has no connection left, and one that takes too long. */
class PostgresTroubleIT {
  private static final String PLACE = "PostgreSQL at " + Postgres.host() + ":" + Postgres.port();

  private final PostgresNodes nodes = PostgresNodes.open();
  private final List<Connection> hogs = new ArrayList<>();
  private ServerId server = new ServerId(0);

  @BeforeEach
  void register() {
    server = nodes.register(1).getFirst();
    nodes.a().sharing().owners().take("a", 1, false);
  }

  @AfterEach
  void close() throws SQLException {
    free();
    nodes.close();
  }

  @Test
  void who_has_a_connection_goes_on_when_the_database_has_none_left() throws SQLException {
    write(1);
    hog();
    write(2);
    assertThat(catchThrowable(() -> nodes.b().sharing().owners().survey()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            PLACE + " has no connection left: raise max_connections, or end some of its users");
    free();
    assertThat(nodes.b().sharing().owners().survey()).hasSize(1);
    write(3);
    assertThat(nodes.number("SELECT COUNT(*) FROM %s.mcp_health_logs")).isEqualTo(3);
  }

  /** More readers than connections: they wait for one another, and all get their answer. */
  @Test
  void many_readers_share_few_connections() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        readers.add(threads.submit(() -> nodes.a().servers().all().size()));
      }
      for (Future<Integer> each : readers) {
        assertThat(each.get()).isOne();
      }
    }
    assertThat(
            nodes.number(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'pharos-reader' AND '%s' <> ''"))
        .isLessThanOrEqualTo(16);
  }

  @Test
  void a_row_that_a_console_holds_delays_writing_for_seconds_and_then_it_is_written()
      throws SQLException {
    write(1);
    try (Connection console = console()) {
      console.setAutoCommit(false);
      run(
          console,
          "UPDATE %s.mcp_servers SET description = 'thinking' WHERE id = %d"
              .formatted(nodes.schema(), server.value()));
      long begun = System.nanoTime();
      assertThatThrownBy(() -> write(2))
          .isInstanceOf(StoreException.class)
          .hasMessage(PLACE + " kept a lock for too long");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      console.commit();
    }
    write(2);
    assertThat(nodes.number("SELECT COUNT(*) FROM %s.mcp_health_logs")).isEqualTo(2);
  }

  @Test
  void a_query_that_hangs_is_ended_and_the_next_ones_do_not_wait_for_it() throws SQLException {
    try (Connection console = console()) {
      console.setAutoCommit(false);
      run(console, "LOCK TABLE %s.events IN ACCESS EXCLUSIVE MODE".formatted(nodes.schema()));
      long begun = System.nanoTime();
      assertThatThrownBy(() -> nodes.a().events().newest())
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith(PLACE);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      assertThat(nodes.a().servers().all()).hasSize(1);
      write(1);
      console.rollback();
    }
    assertThat(nodes.a().events().newest()).isOne();
  }

  private void write(int second) {
    nodes.a().checks().write(List.of(StoreContract.good(server, Fleets.NOON.plusSeconds(second))));
  }

  /** Takes all connections that an ordinary user can have. */
  private void hog() throws SQLException {
    String role = "hog_of_" + nodes.schema();
    Postgres.run("CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD 'hog'");
    try {
      while (true) {
        hogs.add(
            DriverManager.getConnection(
                Postgres.url().replaceAll("[?&](user|password)=[^&]*", ""), role, "hog"));
      }
    } catch (SQLException full) {
      assertThat(full.getSQLState()).isEqualTo("53300");
    }
  }

  private void free() throws SQLException {
    if (!hogs.isEmpty()) {
      for (Connection each : hogs) {
        each.close();
      }
      hogs.clear();
      org.awaitility.Awaitility.await()
          .ignoreExceptions()
          .until(() -> {
            Postgres.run("DROP ROLE IF EXISTS hog_of_" + nodes.schema());
            return true;
          });
    }
  }

  private static Connection console() throws SQLException {
    return DriverManager.getConnection(Postgres.url());
  }

  private static void run(Connection console, String sql) throws SQLException {
    try (Statement statement = console.createStatement()) {
      statement.execute(sql);
    }
  }
}
