package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.registry.StaleVersion;
import dev.pharos.testing.Fleets;
import dev.pharos.testing.Postgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people change in {@code mcp_servers} with a console of their own. */
class HandMadeEditTest {
  private static final String CANARY = "canary-91c2";

  @TempDir Path folder = Path.of("");

  private PostgresStores stores;

  @BeforeEach
  void register() {
    stores = PostgresPorts.open(folder, InstantSource.fixed(Fleets.NOON)).stores();
    for (String name : List.of("a", "b")) {
      stores
          .servers()
          .insert(
              Fleets.draft(
                  Fleets.spec(name, Fleets.http(TransportChoice.AUTO), new Credentials.None())),
              HealthMemory.fresh(Fleets.NOON),
              Fleets.changed(name, "created"));
    }
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void an_edit_is_another_version_and_rings() throws Exception {
    long before = server("a").version();
    CountDownLatch ready = new CountDownLatch(1);
    Semaphore rings = new Semaphore(0);
    try (var bell = stores.sharing().editBell()) {
      bell.listen(() -> {
        ready.countDown();
        rings.release();
      });
      assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
      edit("url = 'https://new.test/mcp'");
      assertThat(rings.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
    }
    Server after = server("a");
    assertThat(after.version()).isEqualTo(before + 1);
    assertThat(after.updatedAt()).isAfter(Fleets.NOON);
    assertThat(after.spec().transport())
        .isEqualTo(new Transport.Http(URI.create("https://new.test/mcp"), TransportChoice.AUTO));
    assertThat(server("b").version()).isEqualTo(before);
  }

  @Test
  void an_edit_of_ours_meanwhile_is_refused() {
    Server read = server("a");
    edit("timeout_seconds = 3");
    assertThatThrownBy(
            () -> stores.servers().update(read, Fleets.NOON, Fleets.changed("a", "updated")))
        .isInstanceOf(StaleVersion.class);
  }

  @Test
  void what_looks_write_and_what_we_write_is_no_edit() {
    long before = server("a").version();
    stores.checks().write(List.of(StoreContract.good(id("a"), Fleets.NOON)));
    assertThat(server("a").version()).isEqualTo(before);
    stores.servers().update(server("a"), Fleets.NOON, Fleets.changed("a", "updated"));
    assertThat(server("a").version()).isEqualTo(before + 1);
    edit("error_count = 99");
    assertThat(server("a").version()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bearer  | {\"token\":\"canary-91c2\"}",
        "none    | {\"token\":\"canary-91c2\"}",
        "basic   | {\"username\":\"u\",\"password\":\"canary-91c2\"}",
        "none    | {\"username\":\"u\",\"password\":\"canary-91c2\"}",
        "api_key | {\"header\":\"X-Key\",\"key\":\"canary-91c2\"}",
        "none    | {\"client_id\":\"u\",\"client_secret\":\"canary-91c2\"}",
        "headers | {\"X-One\":\"canary-91c2\"}",
        "bearer  | {\"credentials\":{\"token\":\"canary-91c2\"},\"headers\":{\"X-More\":\"more\"}}"
      })
  void secrets_in_the_clear_are_read_and_sealed(String type, String json) {
    assertThat(stores.sharing().adopt()).isEmpty();
    edit("auth_type = '" + type + "', auth_config = '" + json + "'");
    ServerSpec inTheClear = server("a").spec();
    assertThat(inTheClear.credentials()).isNotInstanceOf(Credentials.None.class);
    long version = server("a").version();

    assertThat(stores.sharing().adopt()).containsExactly(id("a"));
    assertThat(column("auth_config")).startsWith("v1.").doesNotContain(CANARY);
    assertThat(server("a").spec()).isEqualTo(inTheClear);
    assertThat(server("a").version()).isEqualTo(version);
    assertThat(stores.sharing().adopt()).isEmpty();
  }

  @Test
  void an_environment_in_the_clear_is_read_and_sealed() {
    edit(
        "protocol = 'stdio', url = NULL, command = 'x', args = '[]', env = '{\"K\":\"canary-91c2\"}'");
    assertThat(server("a").spec().transport())
        .isEqualTo(new Transport.Stdio(List.of("x"), Map.of("K", new Secret(CANARY)), null));
    assertThat(stores.sharing().adopt()).containsExactly(id("a"));
    assertThat(column("env")).startsWith("v1.").doesNotContain(CANARY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auth_config = 'canary-91c2'",
        "auth_config = '[\"canary-91c2\"]'",
        "auth_config = '{\"token\":7}'",
        "auth_type = 'bearer'",
        "auth_type = 'bearer', auth_config = '{\"tokn\":\"canary-91c2\"}'",
        "auth_type = 'no_such_type', auth_config = '{}'"
      })
  void what_nobody_can_read_leaves_the_server_without_secrets(String edit) {
    edit(edit);
    assertThat(server("a").spec().credentials()).isEqualTo(new Credentials.None());
    assertThat(stores.sharing().adopt()).isEmpty();
    assertThat(names()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url = 'no url at all'",
        "tags = '{'",
        "protocol = 'carrier-pigeon'",
        "status = 'x'"
      })
  void what_nobody_can_read_at_all_does_not_hide_the_others(String edit) {
    edit(edit);
    assertThat(names()).containsExactly("b");
    assertThatThrownBy(() -> stores.servers().byName("a"))
        .isInstanceOf(StoreException.class)
        .hasMessage("the row of the server a cannot be read: a value is malformed");
  }

  private void edit(String set) {
    Postgres.run(
        "UPDATE %s.mcp_servers SET %s WHERE name = 'a'".formatted(PostgresPorts.SCHEMA, set));
  }

  private String column(String column) {
    return Postgres.ask(
        "SELECT %s FROM %s.mcp_servers WHERE name = 'a'".formatted(column, PostgresPorts.SCHEMA));
  }

  private Server server(String name) {
    return stores.servers().byName(name).orElseThrow().server();
  }

  private ServerId id(String name) {
    return server(name).id();
  }

  private List<String> names() {
    return stores.servers().all().stream()
        .map(Standing::server)
        .map(each -> each.spec().name())
        .toList();
  }
}
