package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.testing.NpmFolder;
import dev.pharos.testing.ServerProcess;
import dev.pharos.testing.simulator.SimulatorMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Real servers that are killed, and how soon a client of the feed knows. What is promised is
 * printed beside what was measured; what is asserted leaves room for a busy machine.
 */
class KilledServerIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Map<String, String> QUIET = Map.of("DO_NOT_TRACK", "1");

  @TempDir private Path folder;
  private PharosProcess pharos;
  private Rest rest;
  private Feed feed;

  @BeforeAll
  static void packages_are_there() {
    NpmFolder.mustBeInstalled();
  }

  @BeforeEach
  void start() {
    pharos = PharosProcess.up(folder.resolve("data"));
    rest = pharos.rest();
    feed = Feed.webSocket(pharos.address(), null);
  }

  @AfterEach
  void stop() {
    feed.close();
    pharos.close();
  }

  @Test
  void a_server_whose_stream_is_held_over_http() {
    int port = ServerProcess.freePort();
    ServerProcess server = everything(port);
    try {
      rest.register(definition("everything", "http://127.0.0.1:" + port + "/mcp", "{}"));
      feed.await("it is healthy", each -> each.flip("everything", "healthy"));
      for (int round = 0; round < 3; round++) {
        await("its stream is held").atMost(SOON).until(() -> rest.metric("pharos_watches") == 1);

        int mark = feed.mark();
        long killed = System.nanoTime();
        server.kill();
        Feed.Heard down = feed.await("down", mark, each -> each.flip("everything", "unhealthy"));
        report("server-everything, stream held: killed to event", "1 s", killed, down.at());
        assertConfirmed("everything", "watch");

        server = everything(port);
        long back = System.nanoTime();
        Feed.Heard up = feed.await("up", mark, each -> each.flip("everything", "healthy"));
        report("server-everything, stream held: listening to event", "5 s", back, up.at());
        assertThat(rest.health("everything")).isEqualTo("healthy");
      }
    } finally {
      server.close();
    }
  }

  @Test
  void a_server_that_offers_no_stream() {
    int port = ServerProcess.freePort();
    ServerProcess server = streamless(port);
    try {
      rest.register(
          definition(
              "streamless",
              "http://127.0.0.1:" + port + "/s/0/mcp",
              "{\"interval_seconds\":2,\"adaptive\":false}"));
      feed.await("it is healthy", each -> each.flip("streamless", "healthy"));
      for (int round = 0; round < 3; round++) {
        int mark = feed.mark();
        long killed = System.nanoTime();
        server.kill();
        Feed.Heard down = feed.await("down", mark, each -> each.flip("streamless", "unhealthy"));
        report("no stream, interval 2 s: killed to event", "4 s", killed, down.at());
        assertConfirmed("streamless", null);
        assertThat(rest.metric("pharos_watches")).isZero();

        server = streamless(port);
        long back = System.nanoTime();
        Feed.Heard up = feed.await("up", mark, each -> each.flip("streamless", "healthy"));
        report("no stream, interval 2 s: listening to event", "5 s", back, up.at());
      }
    } finally {
      server.close();
    }
  }

  @Test
  void a_server_that_offers_no_stream_and_is_seldom_looked_at() {
    int port = ServerProcess.freePort();
    ServerProcess server = streamless(port);
    try {
      rest.register(
          definition(
              "seldom",
              "http://127.0.0.1:" + port + "/s/0/mcp",
              "{\"interval_seconds\":600,\"adaptive\":false}"));
      feed.await("it is healthy", each -> each.flip("seldom", "healthy"));
      for (int round = 0; round < 3; round++) {
        int mark = feed.mark();
        long killed = System.nanoTime();
        server.kill();
        Feed.Heard down = feed.await("down", mark, each -> each.flip("seldom", "unhealthy"));
        report("no stream, interval 600 s: killed to event", "1 s", killed, down.at());
        assertConfirmed("seldom", "watch");
        assertThat(rest.metric("pharos_watches")).isZero();

        server = streamless(port);
        long back = System.nanoTime();
        Feed.Heard up = feed.await("up", mark, each -> each.flip("seldom", "healthy"));
        report("no stream, interval 600 s: listening to event", "5 s", back, up.at());
      }
    } finally {
      server.close();
    }
  }

  @Test
  void a_process_that_can_be_started_again() throws Exception {
    rest.register(overStdio("local", Files.createFile(folder.resolve("flag"))));
    feed.await("it is healthy", each -> each.flip("local", "healthy"));
    for (int round = 0; round < 3; round++) {
      await("the process is held").atMost(SOON).until(() -> rest.metric("pharos_watches") == 1);
      int mark = feed.mark();
      long killed = System.nanoTime();
      killChildren();
      Feed.Heard down = feed.await("down", mark, each -> each.flip("local", "unhealthy"));
      report("server-everything over stdio: killed to event", "1 s", killed, down.at());
      Feed.Heard up = feed.await("up", mark, each -> each.flip("local", "healthy"));
      report("server-everything over stdio: killed to back", "5 s", killed, up.at());
      assertThat(pharos.children()).as("one process").hasSize(1);
    }
  }

  @Test
  void a_process_that_cannot_be_started_again() throws Exception {
    Path flag = Files.createFile(folder.resolve("flag"));
    rest.register(overStdio("local", flag));
    feed.await("it is healthy", each -> each.flip("local", "healthy"));
    for (int round = 0; round < 2; round++) {
      await("the process is held").atMost(SOON).until(() -> rest.metric("pharos_watches") == 1);
      Files.delete(flag);
      int mark = feed.mark();
      long killed = System.nanoTime();
      killChildren();
      Feed.Heard down = feed.await("down", mark, each -> each.flip("local", "unhealthy"));
      report(
          "server-everything over stdio, gone for good: killed to event", "1 s", killed, down.at());
      assertConfirmed("local", "watch");

      Files.createFile(flag);
      long back = System.nanoTime();
      Feed.Heard up = feed.await("up", mark, each -> each.flip("local", "healthy"));
      report("server-everything over stdio: startable to event", "5 s", back, up.at());
    }
  }

  private void killChildren() {
    List<ProcessHandle> children = pharos.children();
    assertThat(children).isNotEmpty();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** The second look says the same as the first, and has its own row in the log. */
  private void assertConfirmed(String server, @Nullable String cause) {
    List<JsonNode> logs = rest.logs(server);
    assertThat(logs.getFirst().path("event_type").asString()).isEqualTo("confirm");
    assertThat(logs.getFirst().path("health_status").asString()).isEqualTo("unhealthy");
    assertThat(logs.get(1).path("verdict").asString()).isEqualTo("unhealthy");
    if (cause != null) {
      assertThat(logs.get(1).path("event_type").asString()).isEqualTo(cause);
    }
    JsonNode row = rest.server(server);
    assertThat(row.path("health_status").asString()).isEqualTo("unhealthy");
    assertThat(row.path("last_health_check")).isEqualTo(logs.getFirst().path("checked_at"));
    assertThat(row.path("health_since"))
        .as("the first evidence")
        .isEqualTo(logs.get(1).path("checked_at"));
  }

  private ServerProcess everything(int port) {
    return ServerProcess.start(
        List.of(NpmFolder.command("mcp-server-everything"), "streamableHttp"),
        QUIET,
        folder.resolve("server.log"),
        port);
  }

  private ServerProcess streamless(int port) {
    return ServerProcess.start(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            SimulatorMain.class.getName(),
            "no-streams",
            "port={port}"),
        Map.of(),
        folder.resolve("server.log"),
        port);
  }

  private static String definition(String name, String url, String overrides) {
    return """
    {"name": "%s", "url": "%s", "overrides": %s}
    """
        .formatted(name, url, overrides);
  }

  /** Starts only while the flag is there. */
  private static String overStdio(String name, Path flag) {
    String script =
        "[ -e '%s' ] && exec '%s' stdio"
            .formatted(flag, NpmFolder.command("mcp-server-everything"));
    ObjectNode definition = Rest.JSON.createObjectNode().put("name", name).put("command", "sh");
    definition.putArray("args").add("-c").add(script);
    return definition.toString();
  }

  private static void report(String what, String promise, long from, long to) {
    System.out.printf("%s: %.0f ms (promised: %s)%n", what, (to - from) / 1e6, promise);
    assertThat(Duration.ofNanos(to - from)).as(what).isLessThan(SOON);
  }
}
