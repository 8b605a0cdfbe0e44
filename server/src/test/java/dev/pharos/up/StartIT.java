package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the monitor is started with, and what it says when it does not start. */
class StartIT {
  @TempDir private Path folder;

  @Test
  void a_port_in_use_is_told_in_one_sentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(refusal(1, Map.of(), "--port", port))
          .contains(port)
          .contains("in use")
          .hasLineCount(1);
    }
  }

  @Test
  void to_be_reached_from_other_machines_it_needs_a_password() {
    assertThat(refusal(1, Map.of(), "--host", "0.0.0.0"))
        .contains("administrator's password")
        .contains("PHAROS_ADMIN_PASSWORD")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port abc",
        "--port 70000",
        "--port -1",
        "--port",
        "--nonsense",
        "one two",
        "--import no-such-file.json",
        "--config no-such-file.yaml",
        "--host",
      })
  void arguments_that_cannot_be_followed_are_a_mistake_of_the_call(String arguments) {
    String[] given = arguments.split(" ", -1);
    String[] all = arguments.contains("--port") ? given : append(given);
    assertThat(refusal(2, Map.of(), all)).isNotEmpty();
  }

  /** A free port in front, so that what is wrong stays at the end. */
  private static String[] append(String... given) {
    List<String> all = new ArrayList<>(List.of("--port", "0"));
    all.addAll(List.of(given));
    return all.toArray(String[]::new);
  }

  @Test
  void all_mistakes_of_the_configuration_are_told_at_once() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("pharos.yaml"),
            """
            prot: 1
            health_check:
              interval_seconds: -5
            """);
    assertThat(
            refusal(
                2, Map.of("PHAROS_BLINDNESS_WINDOW_SECONDS", "soon"), "--config", file.toString()))
        .contains("prot")
        .contains("health_check.interval_seconds")
        .contains("PHAROS_BLINDNESS_WINDOW_SECONDS");
  }

  @Test
  void all_mistakes_of_the_servers_in_it_are_told_at_once() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("pharos.yaml"),
            """
            servers:
              - name: a
                url: not a url
              - name: a
                url: http://127.0.0.1:9/mcp
            """);
    assertThat(refusal(2, Map.of(), "--config", file.toString()))
        .contains("servers[0].url is not a valid address")
        .contains("servers[1].name is there twice")
        .hasLineCount(2);
  }

  @Test
  void a_password_from_the_environment_guards_all_but_the_own_health() {
    Map<String, String> guarded = Map.of("PHAROS_ADMIN_PASSWORD", "a long enough password");
    try (PharosProcess pharos = PharosProcess.up(folder.resolve("data"), guarded)) {
      Rest rest = pharos.rest();
      assertThat(rest.send("GET", "/api/v1/summary", "").status()).isEqualTo(401);
      assertThat(rest.send("GET", "/metrics", "").status()).isEqualTo(401);
      assertThat(rest.send("GET", "/health/live", "").status()).isEqualTo(200);
      assertThat(pharos.stop()).isZero();
    }
  }

  @Test
  void a_clients_file_is_imported_and_importing_it_again_changes_nothing() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("fleet.mcp.json"),
            """
            {
              // As clients write it.
              "mcpServers": {
                "toy-http": {"type": "http", "url": "http://127.0.0.1:${TOY_PORT:-9}/mcp"},
                "toy-stdio": {"command": "/nonexistent/${TOY_NAME}", "args": ["${workspaceFolder}/x"]},
                "switched-off": {"command": "docker", "args": ["run"], "disabled": true},
              }
            }
            """);
    Path data = folder.resolve("data");
    Map<String, String> variables = Map.of("TOY_NAME", "toy");
    try (PharosProcess pharos = PharosProcess.up(data, variables, "--import", file.toString())) {
      assertThat(pharos.out())
          .contains("Imported: 2 added, 0 changed, 0 as they were.")
          .contains("switched-off is left out");
      Rest rest = pharos.rest();
      assertThat(rest.server("toy-http").path("url").asString())
          .isEqualTo("http://127.0.0.1:9/mcp");
      assertThat(rest.server("toy-stdio").path("command").asString()).isEqualTo("/nonexistent/toy");
      assertThat(pharos.stop()).isZero();
    }
    try (PharosProcess pharos = PharosProcess.up(data, variables, "--import", file.toString())) {
      assertThat(pharos.out()).contains("Imported: 0 added, 0 changed, 2 as they were.");
      JsonNode summary = pharos.rest().get("/api/v1/summary");
      assertThat(summary.path("total").asInt()).isEqualTo(2);
      assertThat(pharos.complaint()).isEmpty();
    }
  }

  private String refusal(int code, Map<String, String> environment, String... arguments) {
    try (PharosProcess pharos =
        PharosProcess.launch(folder.resolve("data"), environment, arguments)) {
      assertThat(pharos.exit()).isEqualTo(code);
      assertThat(pharos.out()).isEmpty();
      return pharos.complaint();
    }
  }
}
