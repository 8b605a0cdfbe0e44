package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.testing.NpmFolder;
import dev.pharos.testing.simulator.Fault;
import dev.pharos.testing.simulator.Simulator;
import dev.pharos.testing.simulator.SimulatorSettings;
import dev.pharos.testing.simulator.Stats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The monitor is ended in good order, leaves nothing behind, and goes on where it was. */
class RestartIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int SERVERS = 300;
  private static final int INTERVAL = 10;
  private static final Map<String, String> STEADY =
      Map.of(
          "PHAROS_HEALTH_CHECK_INTERVAL_SECONDS",
          Integer.toString(INTERVAL),
          "PHAROS_HEALTH_CHECK_ADAPTIVE",
          "false");

  @TempDir private Path folder;

  @Test
  void it_ends_all_sessions_and_processes_and_writes_what_is_left() throws Exception {
    NpmFolder.mustBeInstalled();
    Path data = folder.resolve("data");
    Map<String, List<String>> told = new TreeMap<>();
    try (Simulator simulator = simulator(20)) {
      try (PharosProcess pharos = PharosProcess.up(data, STEADY, "--import", fleet(simulator, 20));
          Feed feed = Feed.webSocket(pharos.address(), null)) {
        Rest rest = pharos.rest();
        rest.register(
            """
            {"name": "local", "command": "%s", "args": ["stdio"]}
            """
                .formatted(NpmFolder.command("mcp-server-everything")));
        await("all are healthy").atMost(SOON).until(() -> healthy(rest) == 21);
        await("all are held").atMost(SOON).until(() -> rest.metric("pharos_watches") == 21);
        List<ProcessHandle> children = pharos.children();
        assertThat(children).isNotEmpty();

        assertThat(pharos.stop()).isZero();

        feed.awaitEnd();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(pharos.complaint()).isEmpty();
        assertNothingHeld(simulator);
        for (Feed.Heard each : feed.heard()) {
          if (each.type().equals("mcp_health_check")) {
            told.computeIfAbsent(each.json().path("mcp_name").asString(), _ -> new ArrayList<>())
                .add(each.json().path("last_health_check").asString());
          }
        }
      }
      try (PharosProcess pharos = PharosProcess.up(data, STEADY)) {
        Rest rest = pharos.rest();
        told.forEach((server, looks) ->
            assertThat(times(rest, server))
                .as("looks of %s that were told", server)
                .containsAll(looks));
        assertThat(pharos.interrupt()).as("Ctrl-C").isZero();
        assertThat(pharos.complaint()).isEmpty();
      }
      assertNothingHeld(simulator);
    }
  }

  @Test
  void it_goes_on_where_it_was_and_does_not_come_as_a_herd() throws Exception {
    Path data = folder.resolve("data");
    try (Simulator simulator = simulator(SERVERS)) {
      JsonNode before;
      List<JsonNode> spans;
      long newest;
      try (PharosProcess pharos =
          PharosProcess.up(data, STEADY, "--import", fleet(simulator, SERVERS))) {
        Rest rest = pharos.rest();
        await("all are healthy").atMost(SOON).until(() -> healthy(rest) == SERVERS);
        before = rest.server("s7");
        spans = rest.spans("s7");
        assertThat(pharos.stop()).isZero();
      }
      simulator.fault(3, new Fault.Down());
      newest = Remains.of(data, folder.resolve("copy")).events().lastKey();
      Instant start = Instant.now();
      try (PharosProcess pharos = PharosProcess.up(data, STEADY);
          Feed feed = Feed.webSocket(pharos.address(), newest)) {
        Rest rest = pharos.rest();
        assertThat(rest.get("/api/v1/summary").path("total").asInt()).isEqualTo(SERVERS);
        JsonNode after = rest.server("s7");
        for (String field : List.of("id", "url", "created_at", "version", "health_since")) {
          assertThat(after.path(field)).as(field).isEqualTo(before.path(field));
        }
        assertThat(after.path("health_status").asString()).isEqualTo("healthy");
        assertThat(rest.spans("s7"))
            .extracting(each -> each.path("from"))
            .isEqualTo(spans.stream().map(each -> each.path("from")).toList());
        feed.await("what went down meanwhile", each -> each.flip("s3", "unhealthy"));
        await("all were looked at again")
            .atMost(SOON)
            .until(() -> firstLooks(rest, start).size() == SERVERS - 1);
        assertNoHerd(firstLooks(rest, start));
        assertThat(feed.stored())
            .filteredOn(each -> each.type().equals("mcp_status_change"))
            .as("only what changed is news")
            .extracting(each -> each.json().path("mcp_name").asString())
            .containsOnly("s3");
        assertThat(pharos.stop()).isZero();
      }
      assertNothingHeld(simulator);
    }
  }

  /** When each server that is well was first looked at since then. */
  private static List<Instant> firstLooks(Rest rest, Instant since) {
    List<Instant> looks = new ArrayList<>();
    for (int server = 0; server < SERVERS; server++) {
      if (server != 3) {
        times(rest, "s" + server).stream()
            .map(Instant::parse)
            .filter(at -> at.isAfter(since))
            .min(Instant::compareTo)
            .ifPresent(looks::add);
      }
    }
    return looks;
  }

  private static void assertNoHerd(List<Instant> looks) {
    Map<Long, Integer> bySecond = new TreeMap<>();
    looks.forEach(at -> bySecond.merge(at.getEpochSecond(), 1, Integer::sum));
    System.out.println(
        "first looks by second after a restart, of " + SERVERS + ": " + bySecond.values());
    assertThat(bySecond.values()).allMatch(count -> count < SERVERS * 2 / 3);
  }

  private static void assertNothingHeld(Simulator simulator) {
    await("all connections are closed")
        .atMost(SOON)
        .until(() -> simulator.stats().connectionsOpen() == 0);
    Stats stats = simulator.stats();
    assertThat(stats.sessionsHeld()).isZero();
    assertThat(stats.sessionsOpened())
        .isPositive()
        .isEqualTo(stats.sessionsEnded() + stats.sessionsLost());
  }

  private static List<String> times(Rest rest, String server) {
    return rest.logs(server).stream().map(each -> each.path("checked_at").asString()).toList();
  }

  private static int healthy(Rest rest) {
    return rest.get("/api/v1/summary").path("counts").path("healthy").asInt();
  }

  private static Simulator simulator(int servers) throws Exception {
    return Simulator.start(SimulatorSettings.of("servers=" + servers, "bytes=2048", "tools=4"));
  }

  private String fleet(Simulator simulator, int servers) throws Exception {
    ObjectNode file = Rest.JSON.createObjectNode();
    ObjectNode entries = file.putObject("mcpServers");
    for (int server = 0; server < servers; server++) {
      entries.putObject("s" + server).put("url", simulator.uri(server).toString());
    }
    return Files.writeString(folder.resolve("fleet.json"), file.toString()).toString();
  }
}
