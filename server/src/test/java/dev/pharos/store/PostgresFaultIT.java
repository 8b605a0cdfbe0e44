package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pharos.event.EventJournal;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.SpanState;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.FaultProxy;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Postgres;
import dev.pharos.testing.Trap;
import dev.pharos.watch.CheckRecord;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores whose database goes away and comes back, in all the ways in which it does. */
class PostgresFaultIT {
  private static final Instant NOON = Fleets.NOON;

  @TempDir Path folder = Path.of("");

  private final String schema = Postgres.newSchema();
  private final FaultProxy proxy =
      FaultProxy.to(new InetSocketAddress(Postgres.host(), Postgres.port()));
  private PostgresStores stores = open();
  private ServerId server = new ServerId(0);

  private PostgresStores open() {
    return PostgresStores.open(
        new PostgresSettings(
            new Secret(Postgres.url(proxy.port()) + "&socketTimeout=2&loginTimeout=2"), schema),
        SecretBox.open(folder, SqlitePorts.KEY),
        InstantSource.fixed(NOON));
  }

  @BeforeEach
  void register() {
    Standing standing =
        stores
            .servers()
            .insert(
                Fleets.draft(Fleets.plain("a")),
                HealthMemory.fresh(NOON),
                Fleets.changed("a", "created"))
            .standing();
    server = standing.server().id();
  }

  @AfterEach
  void close() {
    proxy.pass();
    stores.close();
    proxy.close();
    Postgres.dropSchema(schema);
  }

  @Test
  void a_connection_that_was_cut_while_idle_is_not_even_noticed() {
    write(1);
    proxy.cut();
    write(2);
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void a_database_that_is_stopped_is_told_and_taken_back() {
    write(1);
    proxy.refuse();
    proxy.cut();
    assertThatThrownBy(() -> write(2))
        .isInstanceOf(StoreException.class)
        .hasMessage(place() + " cannot be reached: it refused the connection");
    assertThatThrownBy(() -> stores.servers().all()).isInstanceOf(StoreException.class);
    assertThat(stores.bytes()).isNotNegative();
    proxy.pass();
    write(2);
    assertThat(stores.servers().all()).hasSize(1);
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void a_database_that_hangs_costs_seconds() {
    write(1);
    proxy.pause();
    long begun = System.nanoTime();
    assertThatThrownBy(() -> write(2))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be reached");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    proxy.pass();
    write(2);
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void a_batch_that_is_cut_in_the_middle_leaves_nothing() {
    write(1);
    proxy.set(Trap.instead("mcp_rollup_1h"));
    assertThatThrownBy(() -> write(2)).isInstanceOf(StoreException.class);
    assertThat(written()).isEqualTo(1);
    write(2);
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void a_commit_whose_answer_is_lost_is_found_out_at_once() {
    write(1);
    proxy.set(Trap.answerLostTo("COMMIT"));
    List<StoredEvent> stored = write(2);
    assertThat(proxy.sprung()).isTrue();
    assertThat(stored).singleElement().satisfies(each -> assertThat(each.id()).isPositive());
    assertThat(written()).isEqualTo(2);
    assertThat(write(3)).hasSize(1);
    assertThat(written()).isEqualTo(3);
  }

  @Test
  void a_commit_that_never_arrived_is_an_error_and_written_when_it_comes_again() {
    write(1);
    proxy.set(Trap.instead("COMMIT"));
    assertThatThrownBy(() -> write(2)).isInstanceOf(StoreException.class);
    assertThat(proxy.sprung()).isTrue();
    assertThat(write(2)).hasSize(1);
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void a_batch_in_doubt_that_was_committed_is_not_written_twice() {
    write(1);
    List<StoredEvent> stored = inDoubt(Trap.answerLostTo("COMMIT"));
    // It comes again with what came since: both are told, each written once.
    assertThat(stored).extracting(each -> each.event()).containsExactly(event(2), event(3));
    assertThat(written()).isEqualTo(3);
    assertThat(stores.events().after(0, EventJournal.Filter.ALL, 100)).hasSize(4);
    assertThat(write(4)).extracting(each -> each.event()).containsExactly(event(4));
  }

  @Test
  void a_batch_in_doubt_that_was_not_committed_is_written() {
    write(1);
    List<StoredEvent> stored = inDoubt(Trap.instead("COMMIT"));
    assertThat(stored).extracting(each -> each.event()).containsExactly(event(2), event(3));
    assertThat(written()).isEqualTo(3);
    assertThat(stores.events().after(0, EventJournal.Filter.ALL, 100)).hasSize(4);
  }

  /** Loses a commit and every way to ask, until the batch comes again with one record more. */
  private List<StoredEvent> inDoubt(Trap trap) {
    proxy.refuse();
    proxy.set(trap);
    Throwable e = catchThrowable(() -> write(2));
    assertThat(e)
        .isInstanceOf(InDoubtException.class)
        .hasMessageStartingWith("the connection to the database was lost while it wrote");
    assertThatThrownBy(() -> write(2)).isInstanceOf(StoreException.class);
    proxy.pass();
    return stores.checks().write(List.of(record(2), record(3)));
  }

  @Test
  void a_database_that_is_read_only_for_a_while_is_told_and_taken_back() {
    write(1);
    String role = Postgres.ask("SELECT current_user");
    Postgres.run("ALTER ROLE " + role + " SET default_transaction_read_only = on");
    try {
      proxy.cut();
      assertThatThrownBy(() -> write(2))
          .isInstanceOf(StoreException.class)
          .hasMessage(place() + " is read-only now: nothing can be stored until it is not");
      assertThat(stores.servers().all()).hasSize(1);
    } finally {
      Postgres.run(
          "SET default_transaction_read_only = off",
          "ALTER ROLE " + role + " RESET default_transaction_read_only");
    }
    write(2);
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void connections_that_the_administrator_ends_are_made_anew() {
    for (int i = 1; i < 4; i++) {
      write(i);
      Postgres.run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'pharos-%'");
      assertThat(written()).isEqualTo(i);
    }
  }

  private List<StoredEvent> write(int i) {
    return stores.checks().write(List.of(record(i)));
  }

  private CheckRecord record(int i) {
    Instant at = NOON.plusSeconds(i);
    SpanState from = i % 2 == 0 ? SpanState.HEALTHY : SpanState.UNHEALTHY;
    SpanState to = i % 2 == 0 ? SpanState.UNHEALTHY : SpanState.HEALTHY;
    CheckRecord look = i % 2 == 0 ? StoreContract.bad(server, at) : StoreContract.good(server, at);
    return StoreContract.telling(StoreContract.flip(look, from, to, at), event(i));
  }

  private static FleetEvent event(int i) {
    return new FleetEvent.AutoEnabled(NOON.plusSeconds(i), "a", "flip", i);
  }

  /** How many records were written, asked past the proxy; all that each left must agree. */
  private long written() {
    long rows = number("SELECT COUNT(*) FROM %s.mcp_health_logs");
    assertThat(number("SELECT SUM(checks) FROM %s.mcp_rollup_1d")).isEqualTo(rows);
    assertThat(number("SELECT COUNT(*) - 1 FROM %s.mcp_status_spans")).isEqualTo(rows);
    assertThat(number("SELECT COUNT(*) - 1 FROM %s.events")).isEqualTo(rows);
    return rows;
  }

  private long number(String query) {
    return Long.parseLong(Postgres.ask(query.formatted(schema)));
  }

  private String place() {
    return "PostgreSQL at 127.0.0.1:" + proxy.port();
  }
}
