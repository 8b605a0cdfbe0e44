package dev.pharos.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConfigTest {
  private static final Path PLACE = Path.of("/ws/.vscode/mcp.json");
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HOME", "/home/me",
          "GITHUB_TOKEN", "gh-canary",
          "EMPTY", "",
          "PHAROS_INPUT_API_KEY", "input-canary");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claude-code",
        "vscode",
        "vscode-settings",
        "devcontainer",
        "windsurf",
        "gemini",
        "zed",
        "opencode",
        "transports",
        "projects",
        "list",
        "bad-entries"
      })
  void a_file_of_each_client_is_read_as_expected(String name) throws IOException {
    ClientConfig config = ClientConfig.parse(resource(name + ".json"), PLACE, ENVIRONMENT::get);

    assertThat(String.join("\n", lines(config))).isEqualTo(resource(name + ".expected").strip());
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_text() throws IOException {
    String text = "{\"mcpServers\": {\"ä\": {\"command\": \"c\"}}}";
    byte[] utf16 = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);

    assertThat(lines(read(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))))
        .containsExactly("ä | stdio c | 60s");
    assertThat(lines(read(utf16))).containsExactly("ä | stdio c | 60s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"mcpServers": {"a": {"command": "canary" "b"}}}|is not valid JSON at line 1, column 43
          {"mcpServers": {"a": {"command": canary}}}|is not valid JSON at line 1, column 34
          {"mcpServers": {"a": {"command": "canary"|the text ends too early
          ["canary"]|is not a JSON object
          {"canary": 1}|names no servers: none of mcpServers, servers, mcp, mcp.servers and
          ` `|is empty
          """)
  void a_file_that_cannot_be_used_says_where_without_showing_what(String text, String message)
      throws IOException {
    ClientConfig config = read(text.getBytes(StandardCharsets.UTF_8));

    assertThat(config.definitions()).isEmpty();
    assertThat(config.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.field()).isEmpty();
          assertThat(problem.message()).contains(message).doesNotContain("canary");
        });
  }

  @Test
  void bytes_that_are_no_text_are_refused() throws IOException {
    assertThat(lines(read(new byte[] {'{', (byte) 0xC3, '}'})))
        .containsExactly("! : is not UTF-8 text: save it as UTF-8");
  }

  @Test
  void a_missing_file_a_folder_and_other_formats_are_named_as_such() {
    assertThat(lines(ClientConfig.read(folder.resolve("none.json"), ENVIRONMENT::get)))
        .containsExactly("! : there is no such file");
    assertThat(lines(ClientConfig.read(folder, ENVIRONMENT::get)))
        .containsExactly("! : is a folder: name the file in it");
    assertThat(lines(ClientConfig.read(folder.resolve("config.toml"), ENVIRONMENT::get)))
        .singleElement()
        .asString()
        .startsWith("! : is TOML, which is not read yet");
    assertThat(lines(ClientConfig.read(folder.resolve("config.yml"), ENVIRONMENT::get)))
        .singleElement()
        .asString()
        .startsWith("! : is YAML, which is not read yet");
  }

  @Test
  void an_env_file_is_read_and_the_entry_wins_over_it() throws IOException {
    Files.writeString(
        folder.resolve(".env"),
        "# comment\nA=from file\nexport B = 'quoted'\n\nC=\"x=y\"\nnonsense\n");
    String text =
        """
        {"servers": {"s": {"command": "c", "envFile": "${workspaceFolder}/.env", "env": {"A": "own"}}}}
        """;

    assertThat(lines(read(text.getBytes(StandardCharsets.UTF_8))))
        .containsExactly("s | stdio c | env {A=own, B=quoted, C=x=y} | 60s");
  }

  @Test
  void a_secret_can_stand_in_a_file_of_its_own() throws IOException {
    Files.writeString(folder.resolve("token"), "file-canary\n");
    String text =
        """
        {"mcpServers": {"s": {"url": "http://h/", "headers": {"A": "Bearer ${file:token}"}}}}
        """;

    assertThat(lines(read(text.getBytes(StandardCharsets.UTF_8))))
        .containsExactly("s | AUTO http://h/ | headers {A=Bearer file-canary} | 30s");
  }

  @Test
  void variables_without_end_are_missing_and_no_stack_overflow() {
    String text = "${A:-".repeat(20_000) + "x" + "}".repeat(20_000);
    ClientConfig config =
        ClientConfig.parse(
            "{\"mcpServers\": {\"s\": {\"command\": \"" + text + "\"}}}", PLACE, ENVIRONMENT::get);

    assertThat(config.definitions())
        .singleElement()
        .isInstanceOf(Definition.NeedsConfiguration.class);
  }

  private ClientConfig read(byte[] bytes) throws IOException {
    Path file = folder.resolve("mcp.json");
    Files.write(file, bytes);
    return ClientConfig.read(file, ENVIRONMENT::get);
  }

  private static List<String> lines(ClientConfig config) {
    List<String> lines = new ArrayList<>();
    config.definitions().forEach(definition -> lines.add(line(definition)));
    config
        .problems()
        .forEach(problem -> lines.add("! " + problem.field() + ": " + problem.message()));
    return lines;
  }

  private static String line(Definition definition) {
    return switch (definition) {
      case Definition.Ready ready -> definition.name() + " | " + line(ready.target());
      case Definition.NeedsConfiguration needs -> needs.name() + " | needs " + needs.missing();
      case Definition.Disabled disabled -> disabled.name() + " | disabled";
    };
  }

  private static String line(Target target) {
    String line =
        switch (target.transport()) {
          case Transport.Http http -> http.choice() + " " + http.url();
          case Transport.Stdio stdio ->
              "stdio "
                  + String.join(" ", stdio.command())
                  + (stdio.env().isEmpty() ? "" : " | env " + plain(stdio.env()))
                  + (stdio.directory() == null ? "" : " | in " + stdio.directory());
        };
    if (target.credentials() instanceof Credentials.Headers headers) {
      line += " | headers " + plain(headers.headers());
    }
    String seconds = Double.toString(target.timeout().toMillis() / 1000.0);
    return line
        + " | "
        + (seconds.endsWith(".0") ? seconds.substring(0, seconds.length() - 2) : seconds)
        + "s";
  }

  private static Map<String, String> plain(Map<String, Secret> secrets) {
    Map<String, String> plain = new TreeMap<>();
    secrets.forEach((name, secret) -> plain.put(name, secret.reveal()));
    return plain;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ClientConfigTest.class.getResourceAsStream("/definition/" + name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
