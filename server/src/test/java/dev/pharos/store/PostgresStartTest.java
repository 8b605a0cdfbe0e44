package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.fleet.Secret;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Postgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told when the stores cannot be opened. */
class PostgresStartTest {
  private static final String CANARY = "canary-77b1";
  private static final InstantSource CLOCK = InstantSource.fixed(Fleets.NOON);

  @TempDir Path folder = Path.of("");

  private final String schema = Postgres.newSchema();
  private final String user = "user_of_" + schema;

  @AfterEach
  void drop() {
    Postgres.dropSchema(schema);
    Postgres.run("DROP ROLE IF EXISTS " + user);
  }

  @Test
  void nobody_listens_there() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(told("jdbc:postgresql://127.0.0.1:" + port + "/db?user=u&password=" + CANARY))
        .isEqualTo(
            "PostgreSQL at 127.0.0.1:%d cannot be reached: it refused the connection"
                .formatted(port));
  }

  @Test
  void the_name_is_unknown() {
    assertThat(told("postgresql://u:" + CANARY + "@no-such-host.invalid/db"))
        .isEqualTo(
            "PostgreSQL at no-such-host.invalid:5432 cannot be reached: its name is unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://u:%s@h/db",
        "jdbc:postgresql://h:99999/db?password=%s",
        "http://u:%s@h/db",
        "postgres:%s",
        "postgresql://u:%s@h h/db"
      })
  void it_is_no_address_at_all(String url) {
    assertThat(told(url.formatted(CANARY))).startsWith("database_url is no address of PostgreSQL");
  }

  @Test
  void the_user_may_not_log_in() {
    Postgres.run("CREATE ROLE " + user + " NOLOGIN PASSWORD '" + CANARY + "'");
    assertThat(told(as(user)))
        .isEqualTo(
            place() + " refused the user " + user + ": check name and password in database_url");
  }

  @Test
  void the_password_is_wrong() {
    Postgres.run(
        "DO $$ BEGIN CREATE ROLE %1$s; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
            .formatted(Postgres.ASKED),
        "CREATE ROLE %s LOGIN PASSWORD 'right' IN ROLE %s".formatted(user, Postgres.ASKED),
        "CREATE SCHEMA " + schema + " AUTHORIZATION " + user);
    assertThat(told(as(user)))
        .isEqualTo(
            place() + " refused the user " + user + ": check name and password in database_url");
    PostgresSettings apart =
        new PostgresSettings(new Secret(as(user)), null, new Secret("right"), schema, null, null);
    PostgresStores.open(apart, SecretBox.open(folder, SqlitePorts.KEY), CLOCK).close();
    Postgres.run("REASSIGN OWNED BY " + user + " TO CURRENT_USER");
  }

  @Test
  void there_is_no_such_database() {
    assertThat(told(Postgres.url().replaceFirst("/[^/?]*\\?", "/missing?")))
        .isEqualTo(place() + " has no database missing: create it, or correct database_url");
  }

  @Test
  void the_user_may_not_create_a_schema() {
    Postgres.run("CREATE ROLE " + user + " LOGIN PASSWORD '" + CANARY + "'");
    assertThat(told(as(user)))
        .startsWith(
            "the user %s may not do what is needed in the schema %s".formatted(user, schema));
  }

  @Test
  void a_schema_of_ones_own_is_enough() {
    Postgres.run(
        "CREATE ROLE " + user + " LOGIN PASSWORD '" + CANARY + "'",
        "CREATE SCHEMA " + schema + " AUTHORIZATION " + user);
    try (PostgresStores stores = open(as(user))) {
      assertThat(stores.servers().all()).isEmpty();
    }
    Postgres.run("REASSIGN OWNED BY " + user + " TO CURRENT_USER");
  }

  @Test
  void the_schema_belongs_to_something_else() {
    Postgres.run("CREATE SCHEMA " + schema, "CREATE TABLE " + schema + ".mcp_servers (id int)");
    assertThat(told(Postgres.url()))
        .isEqualTo(
            "the schema %s of the database postgres holds tables that are not those of Pharos: name another database_schema"
                .formatted(schema));
  }

  @Test
  void a_newer_pharos_was_here() {
    open(Postgres.url()).close();
    Postgres.run(
        """
        INSERT INTO %s.flyway_schema_history
          (installed_rank, version, description, type, script, installed_by, execution_time, success)
        VALUES (900, '900', 'later', 'SQL', 'V900__later.sql', 'x', 1, TRUE)
        """
            .formatted(schema));
    assertThat(told(Postgres.url()))
        .isEqualTo(
            "the schema %s was written by a newer Pharos (its tables have version 900, this one knows %d): update Pharos"
                .formatted(schema, PostgresSchema.NEWEST));
  }

  @Test
  void the_secrets_were_sealed_with_another_key() {
    open(Postgres.url()).close();
    SecretBox other = SecretBox.open(folder, "another passphrase");
    assertThat(told(settings(Postgres.url()), other))
        .startsWith("the stored secrets were sealed with another key");
  }

  @Test
  void a_name_of_a_schema_is_checked() {
    assertThat(
            catchThrowableOfType(
                StoreException.class,
                () -> new PostgresSettings(new Secret("x"), "x; DROP SCHEMA y")))
        .hasMessageStartingWith("the name of a schema consists of");
  }

  private String told(String url) {
    return told(settings(url), SecretBox.open(folder, SqlitePorts.KEY));
  }

  private static String told(PostgresSettings settings, SecretBox box) {
    StoreException e =
        catchThrowableOfType(
            StoreException.class, () -> PostgresStores.open(settings, box, CLOCK).close());
    assertThat(e).isNotNull();
    StringWriter all = new StringWriter();
    e.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(CANARY);
    return String.valueOf(e.getMessage());
  }

  private PostgresStores open(String url) {
    return PostgresStores.open(settings(url), SecretBox.open(folder, SqlitePorts.KEY), CLOCK);
  }

  private PostgresSettings settings(String url) {
    return new PostgresSettings(new Secret(url), schema);
  }

  private static String as(String user) {
    return "postgresql://%s:%s@%s:%d/postgres"
        .formatted(user, CANARY, Postgres.host(), Postgres.port());
  }

  private static String place() {
    return "PostgreSQL at " + Postgres.host() + ":" + Postgres.port();
  }
}
