package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.trace.WireTap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckArgumentsTest {
  private static final String URL = "http://localhost:3001/mcp";

  @TempDir private Path folder;
  private final TestShell shell = new TestShell();
  private final AtomicReference<@Nullable Target> asked = new AtomicReference<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          check                                         | say what to look at
          check localhost:3001/mcp                      | did you mean http://localhost:3001/mcp?
          check http://h/ --jsn                         | Unknown option: '--jsn' (did you mean --json?)
          check npx -y thing                            | put -- before it: pharos check -- npx
          check http://h/ more                          | Unmatched argument
          check http://h/ --timeout soon                | --timeout: write seconds between 0.1 and 600
          check http://h/ --timeout 0                   | --timeout: write seconds between 0.1 and 600
          check http://h/ --timeout 601                 | --timeout: write seconds between 0.1 and 600
          check http://h/ --timeout NaN                 | --timeout: write seconds between 0.1 and 600
          check http://h/ --timeout                     | Missing required parameter
          check http://h/ --transport websocket         | --transport: write auto, streamable-http or sse
          check http://h/ --expect nothing              | --expect: write tools or auth-challenge
          check http://h/ --color red                   | --color: write auto, always or never
          check http://h/ --header canary               | --header: write NAME:VALUE
          check http://h/ --header a\\u0020b:canary     | not allowed
          check http://h/ --header X:                   | --header X: the value is empty
          check http://h/ --bearer env:NO_SUCH          | --bearer: the variable NO_SUCH is not set
          check http://h/ --bearer @/no/such/file       | --bearer: cannot read the file /no/such/file
          check http://h/ --bearer canary --bearer b    | should be specified only once
          check http://h/ --bearer canary --basic u:p   | give only one of --bearer and --basic
          check http://h/ --api-key canary              | --api-key: write HEADER:KEY
          check http://h/ --basic canary                | --basic: write USER:PASSWORD
          check http://h/ --oauth-client-id id          | --oauth-client-secret is missing
          check http://h/ --oauth-client-secret canary  | --oauth-client-id is missing
          check http://h/ --oauth-client-id i --oauth-client-secret canary --oauth-token-url nowhere | --oauth-token-url: not a usable URL
          check http://h/ --env A=b                     | --env is for commands
          check --                                      | the command behind -- is missing
          check http://h/ -- npx                        | not both
          check --bearer canary -- npx                  | --bearer is for URLs
          check --header X:canary -- npx                | --header is for URLs
          check --env canary -- npx                     | --env: write NAME=VALUE
          check no-such.json                            | no such file: no-such.json
          check wss://h/                                | wss:// addresses cannot be looked at
          chekc http://h/                               | chekc
          --nonsense                                    | --nonsense
          """)
  void a_mistake_gets_one_clear_line_and_exit_code_2(String line, String message) {
    int code = run(line.split(" +"));

    assertThat(shell.err()).contains(message).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(shell.err().lines().toList()).hasSizeLessThanOrEqualTo(2);
    assertThat(shell.err().replace("'canary'", "")).doesNotContain("canary");
    assertThat(shell.out()).isEmpty();
    assertThat(code).isEqualTo(2);
    assertThat(asked).hasNullValue();
  }

  @Test
  void nothing_to_do_is_a_mistake() {
    assertThat(run()).isEqualTo(2);
    assertThat(shell.err()).contains("say what to do");
  }

  @Test
  void help_and_version_go_to_stdout_with_exit_code_0() {
    assertThat(run("check", "--help")).isZero();
    assertThat(run("--version")).isZero();
    assertThat(run("--help")).isZero();
    assertThat(shell.out())
        .contains("pharos check [OPTIONS] -- COMMAND", "--oauth-client-id", "Exit codes:")
        .contains("pharos development (Java ");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void a_url_is_looked_at_with_the_defaults() {
    assertThat(run("check", URL)).isZero();

    assertThat(asked)
        .hasValue(Target.of(URL, new Transport.Http(URI.create(URL), TransportChoice.AUTO)));
  }

  @Test
  void all_options_of_a_url_reach_the_target() {
    run(
        "check",
        "--transport=sse",
        "--expect",
        "auth-challenge",
        "--timeout",
        "2.5",
        "--header",
        "X-A: b: c",
        "--header",
        "X-D:e",
        URL);

    assertThat(asked)
        .hasValue(
            new Target(
                URL,
                new Transport.Http(URI.create(URL), TransportChoice.SSE),
                new Credentials.None(),
                Map.of("X-A", new Secret("b: c"), "X-D", new Secret("e")),
                Expectation.AUTH_CHALLENGE,
                Duration.ofMillis(2500)));
  }

  @Test
  void each_way_to_log_in_becomes_its_credentials() {
    assertThat(credentials("--bearer", "tok")).isEqualTo(new Credentials.Bearer(new Secret("tok")));
    assertThat(credentials("--api-key", "X-Key: k:1"))
        .isEqualTo(new Credentials.ApiKey("X-Key", new Secret("k:1")));
    assertThat(credentials("--basic", "me:p:w"))
        .isEqualTo(new Credentials.Basic("me", new Secret("p:w")));
    assertThat(
            credentials(
                "--oauth-client-id",
                "id",
                "--oauth-client-secret",
                "s",
                "--oauth-token-url",
                "https://as.test/token",
                "--oauth-scope",
                "a b"))
        .isEqualTo(
            new Credentials.OAuthClientCredentials(
                "id", new Secret("s"), null, null, URI.create("https://as.test/token"), "a b"));
  }

  @Test
  void secrets_can_come_from_a_file_or_the_environment() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "from-file\n");
    Path pair = Files.writeString(folder.resolve("pair"), "me:from-file\n");
    shell.with("MY_SECRET", "from-env");

    assertThat(credentials("--bearer", "@" + file))
        .isEqualTo(new Credentials.Bearer(new Secret("from-file")));
    assertThat(credentials("--bearer", "env:MY_SECRET"))
        .isEqualTo(new Credentials.Bearer(new Secret("from-env")));
    assertThat(credentials("--basic", "me:env:MY_SECRET"))
        .isEqualTo(new Credentials.Basic("me", new Secret("from-env")));
    assertThat(credentials("--basic", "@" + pair))
        .isEqualTo(new Credentials.Basic("me", new Secret("from-file")));
    run("check", URL, "--header", "X: @" + file);
    assertThat(target().extraHeaders()).isEqualTo(Map.of("X", new Secret("from-file")));
  }

  @Test
  void a_secret_that_would_smuggle_in_a_header_is_refused() {
    shell.with("MY_SECRET", "a\r\nX-Evil: b");

    assertThat(run("check", URL, "--bearer", "env:MY_SECRET")).isEqualTo(2);
    assertThat(shell.err()).contains("--bearer: the value holds a line break");
  }

  @Test
  void what_stands_behind_the_dashes_belongs_to_the_command() {
    shell.with("MY_KEY", "key");
    run(
        "check",
        "--env",
        "A=b=c",
        "--env",
        "KEY=env:MY_KEY",
        "--timeout",
        "5",
        "--",
        "npx",
        "-y",
        "thing",
        "--json",
        "--");

    assertThat(target())
        .isEqualTo(
            new Target(
                "npx -y thing --json --",
                new Transport.Stdio(
                    List.of("npx", "-y", "thing", "--json", "--"),
                    Map.of("A", new Secret("b=c"), "KEY", new Secret("key")),
                    null),
                new Credentials.None(),
                Map.of(),
                Expectation.TOOLS,
                Duration.ofSeconds(5)));
  }

  private Credentials credentials(String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "check";
    args[1] = URL;
    System.arraycopy(options, 0, args, 2, options.length);
    assertThat(run(args)).as(shell::err).isZero();
    return target().credentials();
  }

  private Target target() {
    Target target = asked.get();
    assertThat(target).isNotNull();
    return target;
  }

  private int run(String... args) {
    return shell.run(this::look, args);
  }

  private Outcome look(Target target, WireTap tap) {
    asked.set(target);
    return Looks.healthy();
  }
}
