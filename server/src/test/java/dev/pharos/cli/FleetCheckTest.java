package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.trace.WireTap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class FleetCheckTest {
  private static final String FLEET =
      """
      {"mcpServers": {
        "good": {"url": "http://localhost:1/mcp"},
        "bad": {"url": "http://localhost:2/mcp", "headers": {"Authorization": "Bearer canary-1"}},
        "part": {"command": "part", "env": {"KEY": "canary-2"}},
        "unset": {"url": "http://localhost:3/mcp", "headers": {"K": "${NO_SUCH}"}},
        "off": {"command": "off", "disabled": true},
        "wrong": {"args": []}
      }}
      """;

  @TempDir private Path folder;
  private final TestShell shell = new TestShell();

  @Test
  void all_servers_of_a_file_are_told_in_its_order() throws IOException {
    assertThat(run(FLEET)).isEqualTo(1);
    assertThat(shell.out())
        .isEqualTo(
            """
              SERVER            VERDICT              TRANSPORT        REVISION    TOOLS    TIME  CAUSE
            ✔ good              healthy              streamable-http  2025-11-25     13   43 ms
            ✘ bad               unhealthy                                                3.1 ms  connect/refused: refused ••••
            ▲ part              degraded             streamable-http  2025-11-25     13   43 ms  list/list_error: prompts/list answered with error -32603
            ? unset             needs configuration                                              no value for NO_SUCH
            - off               disabled                                                         switched off in the file
            ? mcpServers.wrong  invalid                                                          has neither a command nor a url: give one of them

            1 healthy, 1 degraded, 1 unhealthy, 1 needs configuration, 1 disabled, 1 invalid, in 0.0 ms
            """);
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void json_is_a_list_with_a_result_for_each() throws IOException {
    assertThat(run(FLEET, "--json")).isEqualTo(1);

    JsonNode list = JsonMapper.shared().readTree(shell.out());
    assertThat(list.values())
        .extracting(
            one -> one.path("target").asString() + " " + one.path("health_status").asString())
        .containsExactly(
            "good healthy",
            "bad unhealthy",
            "part degraded",
            "unset unknown",
            "off unknown",
            "mcpServers.wrong unknown");
    assertThat(list.get(3).path("reason").toString())
        .isEqualTo(
            "{\"stage\":null,\"kind\":\"needs_configuration\",\"message\":\"no value for"
                + " NO_SUCH\"}");
    assertThat(shell.out()).doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"good": {"command": "a"}, "off": {"command": "b", "disabled": true}}|0
          {"good": {"command": "a"}, "part": {"command": "b"}}|3
          {"part": {"command": "a"}, "bad": {"command": "b"}}|1
          {"good": {"command": "a"}, "unset": {"command": "${NO_SUCH}"}}|1
          {"good": {"command": "a"}, "wrong": {}}|1
          {"good": {"command": "a"}, "bug": {"command": "b"}}|1
          {"off": {"command": "a", "disabled": true}}|0
          {}|2
          [}|2
          """)
  void the_worst_server_decides_the_exit_code(String servers, int code) throws IOException {
    assertThat(run("{\"mcpServers\": " + servers + "}")).isEqualTo(code);
  }

  @Test
  void a_file_that_cannot_be_read_is_named_with_the_place() throws IOException {
    assertThat(run("{\"mcpServers\": {\n  \"a\": {]\n}}")).isEqualTo(2);
    assertThat(shell.err())
        .startsWith("pharos check: " + folder.resolve("mcp.json"))
        .contains("is not valid JSON at line 2, column");
  }

  @Test
  void a_bug_in_one_look_does_not_end_the_others() throws IOException {
    run("{\"mcpServers\": {\"bug\": {\"command\": \"a\"}, \"good\": {\"command\": \"b\"}}}");

    assertThat(shell.out()).contains("? bug     bug in Pharos").contains("✔ good    healthy");
    assertThat(shell.err()).contains("this is a bug in Pharos");
  }

  @Test
  void one_servers_credentials_are_not_for_all_of_a_file() throws IOException {
    assertThat(run(FLEET, "--bearer", "canary")).isEqualTo(2);
    assertThat(shell.err()).contains("--bearer is for one server").doesNotContain("canary");
  }

  @Test
  void the_timeout_holds_for_every_server() throws IOException {
    AtomicInteger seconds = new AtomicInteger();
    Looker looker =
        (target, _) -> {
          seconds.addAndGet((int) target.timeout().toSeconds());
          return Looks.healthy();
        };
    Path file =
        file("{\"mcpServers\": {\"a\": {\"command\": \"a\"}, \"b\": {\"url\": \"http://h/\"}}}");

    assertThat(shell.run(looker, "check", file.toString(), "--timeout", "7")).isZero();
    assertThat(seconds).hasValue(14);
  }

  @Test
  void eight_at_once_and_of_these_four_processes() throws IOException {
    StringBuilder servers = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      servers.append(
          "\"p" + i + "\": {\"command\": \"x\"}, \"u" + i + "\": {\"url\": \"http://h/\"},");
    }
    Crowd crowd = new Crowd();
    Path file = file("{\"mcpServers\": {" + servers + "}}");

    assertThat(shell.run(crowd::look, "check", file.toString())).isZero();
    assertThat(crowd.mostLooks).hasValue(8);
    assertThat(crowd.mostProcesses).hasValueLessThanOrEqualTo(4);
  }

  @Test
  void a_terminal_sees_a_progress_line_that_goes_away() throws IOException {
    shell.onTerminal();
    run("{\"mcpServers\": {\"good\": {\"command\": \"a\"}}}");

    assertThat(shell.err())
        .isEqualTo("\r\u001b[K0/1 looked at, waiting for good\r\u001b[K1/1 looked at\r\u001b[K");
  }

  /** Lets looks go on when eight have come together, and notes how many there were at most. */
  private static final class Crowd {
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger processes = new AtomicInteger();
    private final AtomicInteger mostLooks = new AtomicInteger();
    private final AtomicInteger mostProcesses = new AtomicInteger();
    private final CountDownLatch together = new CountDownLatch(8);

    Outcome look(Target target, WireTap tap) {
      boolean process = target.transport() instanceof Transport.Stdio;
      mostLooks.accumulateAndGet(looks.incrementAndGet(), Math::max);
      mostProcesses.accumulateAndGet(
          process ? processes.incrementAndGet() : processes.get(), Math::max);
      together.countDown();
      try {
        assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      looks.decrementAndGet();
      if (process) {
        processes.decrementAndGet();
      }
      return Looks.healthy();
    }
  }

  private int run(String text, String... options) throws IOException {
    String[] args = new String[options.length + 2];
    args[0] = "check";
    args[1] = file(text).toString();
    System.arraycopy(options, 0, args, 2, options.length);
    return shell.run(FleetCheckTest::look, args);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("mcp.json"), text);
  }

  private static Outcome look(Target target, WireTap tap) {
    return switch (target.name()) {
      case "bad" -> Looks.refused("refused canary-1");
      case "part" -> Looks.degraded();
      case "bug" -> throw new IllegalStateException("canary");
      default -> Looks.healthy();
    };
  }
}
