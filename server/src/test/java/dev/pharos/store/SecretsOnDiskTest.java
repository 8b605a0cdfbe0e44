package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.testing.Fleets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsOnDiskTest {
  private static final String CANARY = "canary-3f9a";
  private static final String VISIBLE = "plain-to-see";
  private static final InstantSource CLOCK = InstantSource.fixed(Fleets.NOON);

  @TempDir Path folder = Path.of("");

  @Test
  void no_secret_is_in_any_file() throws IOException {
    try (Ports stores = SqlitePorts.open(folder, CLOCK)) {
      List.of(http("a"), process("b"), headers("c")).forEach(each -> register(stores, each));
      Server a = stores.servers().byName("a").orElseThrow().server();
      stores.servers().update(a, Fleets.NOON, Fleets.changed("a", "updated"));
      assertThat(bytes()).contains(VISIBLE).doesNotContain(CANARY);
    }
    assertThat(bytes()).contains(VISIBLE).doesNotContain(CANARY);
  }

  @Test
  void another_key_is_told_before_anything_is_done() {
    try (Ports stores = SqlitePorts.open(folder, CLOCK)) {
      register(stores, http("a"));
    }
    SecretBox other = SecretBox.open(folder, "another passphrase");
    assertThatThrownBy(() -> SqliteStores.open(folder, other, CLOCK))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "the stored secrets were sealed with another key than that of PHAROS_SECRET_KEY: start"
                + " Pharos with the key they were sealed with");
    try (Ports stores = SqlitePorts.open(folder, CLOCK)) {
      assertThat(stores.servers().all()).hasSize(1);
    }
  }

  @Test
  void secrets_moved_to_another_server_do_not_open() {
    try (Ports stores = SqlitePorts.open(folder, CLOCK)) {
      register(stores, http("a"));
      register(stores, http("b"));
    }
    RawDatabase.run(
        folder,
        "UPDATE mcp_servers SET auth_config = (SELECT auth_config FROM mcp_servers WHERE id = 1)");
    try (Ports stores = SqlitePorts.open(folder, CLOCK)) {
      assertThat(stores.servers().byName("a")).isPresent();
      assertThatThrownBy(() -> stores.servers().byName("b")).isInstanceOf(StoreException.class);
    }
  }

  private static void register(Ports stores, ServerSpec spec) {
    stores
        .servers()
        .insert(
            Fleets.draft(spec),
            HealthMemory.fresh(Fleets.NOON),
            Fleets.changed(spec.name(), "created"));
  }

  private static ServerSpec http(String name) {
    return Fleets.spec(
        name, Fleets.http(TransportChoice.AUTO), new Credentials.Bearer(new Secret(CANARY)));
  }

  private static ServerSpec process(String name) {
    return Fleets.spec(
        name,
        new Transport.Stdio(List.of(VISIBLE), Map.of("KEY", new Secret(CANARY)), null),
        new Credentials.None());
  }

  private static ServerSpec headers(String name) {
    ServerSpec full = Fleets.full(name);
    return new ServerSpec(
        name,
        VISIBLE,
        full.transport(),
        new Credentials.OAuthClientCredentials("id", new Secret(CANARY), null, null, null, null),
        Map.of("X-Key", new Secret(CANARY)),
        full.timeout(),
        full.tags(),
        full.expect(),
        full.era(),
        full.overrides(),
        true,
        "{}");
  }

  private String bytes() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        all.append(Files.readString(each, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
