package dev.pharos.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.definition.Rules;
import dev.pharos.field.Problem;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  private static final Path DATA = Path.of("somewhere");

  @TempDir private Path folder;

  @Test
  void nothing_said_is_a_monitor_for_this_machine() throws BadConfiguration {
    Configuration configuration = new ConfigReader(Map.of(), Map.of(), DATA).read(null);

    assertThat(configuration.host()).isEqualTo("127.0.0.1");
    assertThat(configuration.port()).isEqualTo(8090);
    assertThat(configuration.data()).isEqualTo(DATA);
    assertThat(configuration.rules()).isEqualTo(Rules.LOCAL);
    assertThat(configuration.adminPassword()).isNull();
    assertThat(configuration.servers()).isNull();
    assertThat(configuration.runtime()).isEmpty();
  }

  @Test
  void flags_win_over_variables_and_those_over_the_file() throws Exception {
    Path file =
        file(
            """
            port: 1
            host: 0.0.0.0
            data: from-file
            health_check: {interval_seconds: 10, fail_after: 3}
            probe: {max_pages: 5}
            """);

    Configuration configuration =
        new ConfigReader(
                Map.of(
                    "PHAROS_PORT", "2",
                    "PHAROS_DATA", "from-variable",
                    "PHAROS_HEALTH_CHECK_INTERVAL_SECONDS", "2.5",
                    "PHAROS_PROBE_MAX_ITEMS", "7",
                    "PHAROS_ADMIN_PASSWORD", "12345678",
                    "PHAROS_ALLOW_PRIVATE", "false"),
                Map.of("port", "3"),
                DATA)
            .read(file);

    assertThat(configuration.port()).isEqualTo(3);
    assertThat(configuration.data()).isEqualTo(Path.of("from-variable"));
    assertThat(configuration.rules()).isEqualTo(new Rules(false, false, false));
    assertThat(configuration.adminPassword()).isEqualTo(new Secret("12345678"));
    assertThat(configuration.probe().maxPages()).isEqualTo(5);
    assertThat(configuration.probe().maxItems()).isEqualTo(7);
    assertThat(configuration.probe().net().allowPrivate()).isFalse();
    assertThat(configuration.runtime().get("health_check"))
        .hasToString("{\"interval_seconds\":2.5,\"fail_after\":3}");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "'::1', true",
    "localhost, true",
    "0.0.0.0, false",
    "some.example, false"
  })
  void processes_are_allowed_by_default_on_loopback_only(String host, boolean allowed)
      throws BadConfiguration {
    Configuration configuration = new ConfigReader(Map.of(), Map.of("host", host), DATA).read(null);

    assertThat(configuration.rules().allowStdio()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "'127.0.0.1, 10.0.0.0/8', 10.1.2.3, 203.0.113.5",
    "127.0.0.1, 10.1.2.3, 10.1.2.3",
    "'', 10.1.2.3, 10.1.2.3"
  })
  void trusted_proxies_are_a_list_with_commas(String value, String peer, String client)
      throws BadConfiguration {
    Configuration configuration =
        new ConfigReader(Map.of("PHAROS_TRUSTED_PROXIES", value), Map.of(), DATA).read(null);

    assertThat(
            configuration
                .trustedProxies()
                .client(InetAddress.ofLiteral(peer), List.of("203.0.113.5")))
        .isEqualTo(InetAddress.ofLiteral(client));
  }

  @Test
  void a_proxy_that_is_no_address_is_named() throws IOException {
    Path file = file("trusted_proxies: [10.0.0.0/8, proxy.example]");

    assertThat(bad(new ConfigReader(Map.of(), Map.of(), DATA), file).problems())
        .containsExactly(
            new Problem(
                "trusted_proxies",
                "\"proxy.example\" is no address and no network such as 10.0.0.0/8"));
  }

  @Test
  void all_problems_come_at_once_under_the_names_by_which_they_were_given() throws IOException {
    Path file =
        file(
            """
            prot: 1
            host: [x]
            allow_stdio: maybe
            probe: {max_pages: 0, max_page: 1}
            limits: {max_in_flight: lots}
            servers: {a: b}
            """);

    BadConfiguration bad =
        bad(
            new ConfigReader(
                Map.of(
                    "PHAROS_PORT", "canary",
                    "PHAROS_LIMITS_MAX_PER_HOST", "0",
                    "PHAROS_PROT", "1",
                    "PHAROS_SECRET_KEY_FILE", folder.resolve("none").toString()),
                Map.of("data", "\u0000"),
                DATA),
            file);

    assertThat(bad.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "prot",
            "host",
            "allow_stdio",
            "probe.max_pages",
            "probe.max_page",
            "limits.max_in_flight",
            "servers",
            "PHAROS_PORT",
            "PHAROS_LIMITS_MAX_PER_HOST",
            "PHAROS_PROT",
            "PHAROS_SECRET_KEY_FILE",
            "--data");
    assertThat(bad.problems().toString()).contains("did you mean port").doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port: 1\\nport: 2|is not valid YAML at line 2
          port: [|is not valid YAML
          - port|must consist of keys
          just words|must consist of keys
          a: &x 1\\nb: *x|uses an alias
          """)
  void a_file_that_is_no_configuration_says_where(String text, String message) throws IOException {
    Path file = file(text.replace("\\n", "\n"));

    assertThat(bad(new ConfigReader(Map.of(), Map.of(), DATA), file).problems())
        .anySatisfy(problem -> assertThat(problem.message()).contains(message));
  }

  @Test
  void a_file_that_is_not_there_is_a_problem() {
    Path file = folder.resolve("none.yaml");

    assertThat(bad(new ConfigReader(Map.of(), Map.of(), DATA), file).problems())
        .containsExactly(new Problem(file.toString(), "there is no such file"));
  }

  @Test
  void what_kubernetes_and_the_launcher_set_is_left_alone() throws BadConfiguration {
    Map<String, String> environment =
        Map.of(
            "PHAROS_PORT", "tcp://10.0.0.1:8090",
            "PHAROS_SERVICE_HOST", "10.0.0.1",
            "PHAROS_SERVICE_PORT_HTTP", "8090",
            "PHAROS_PORT_8090_TCP_ADDR", "10.0.0.1",
            "PHAROS_XMX", "1g",
            "PHAROS_INPUT_TOKEN", "x",
            "PATH", "/bin");

    assertThat(new ConfigReader(environment, Map.of(), DATA).read(null).port()).isEqualTo(8090);
  }

  @Test
  void a_secret_may_stand_in_a_file_of_its_own() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "canary\n");

    Configuration configuration =
        new ConfigReader(Map.of("PHAROS_ADMIN_PASSWORD_FILE", secret.toString()), Map.of(), DATA)
            .read(null);

    assertThat(configuration.adminPassword()).isEqualTo(new Secret("canary"));
    assertThat(configuration.toString()).doesNotContain("canary");
  }

  @Test
  void servers_take_their_secrets_from_variables_and_files() throws Exception {
    Files.writeString(folder.resolve("key"), "from file\n");
    Path file =
        file(
            """
            servers:
              - name: a
                url: http://${env:HOST:-h.example}/
                auth_type: bearer
                auth_config: {token: '${env:PHAROS_OF_MY_OWN}'}
                headers: {X-Key: '${file:key}'}
                description: costs $${env:NOTHING} and $5
            """);

    Configuration configuration =
        new ConfigReader(Map.of("PHAROS_OF_MY_OWN", "a$1\\b"), Map.of(), DATA).read(file);

    ServerSpec spec =
        Objects.requireNonNull(
            Objects.requireNonNull(configuration.servers())
                .documents()
                .getFirst()
                .read(Rules.LOCAL)
                .spec());
    assertThat(spec.target().transport().toString()).contains("http://h.example/");
    assertThat(spec.credentials()).isEqualTo(new Credentials.Bearer(new Secret("a$1\\b")));
    assertThat(spec.headers()).isEqualTo(Map.of("X-Key", new Secret("from file")));
    assertThat(spec.description()).isEqualTo("costs ${env:NOTHING} and $5");
  }

  @Test
  void a_variable_without_a_value_is_a_problem_where_it_stands() throws IOException {
    Path file = file("servers: [{name: a, url: 'http://h/', headers: {X: '${env:TOKEN}'}}]");

    assertThat(bad(new ConfigReader(Map.of("TOKEN", ""), Map.of(), DATA), file).problems())
        .containsExactly(
            new Problem(
                "servers[0].headers.X", "needs the environment variable TOKEN, which is not set"));
  }

  @Test
  void an_empty_list_of_servers_is_not_the_same_as_none() throws Exception {
    assertThat(read("servers: []").servers()).isNotNull();
    assertThat(read("port: 1").servers()).isNull();
    assertThat(read("servers:").servers()).isNull();
  }

  private Configuration read(String text) throws Exception {
    return new ConfigReader(Map.of(), Map.of(), DATA).read(file(text));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("pharos.yaml"), text);
  }

  private static BadConfiguration bad(ConfigReader reader, Path file) {
    return catchThrowableOfType(BadConfiguration.class, () -> reader.read(file));
  }
}
