package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.testing.Mount;
import dev.pharos.testing.simulator.Fault;
import dev.pharos.testing.simulator.Simulator;
import dev.pharos.testing.simulator.SimulatorSettings;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Data folders with which there is no start, told in one sentence; and a disk that fills later. */
class DataFolderIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Map<String, String> BUSY =
      Map.of("PHAROS_HEALTH_CHECK_INTERVAL_SECONDS", "1", "PHAROS_HEALTH_CHECK_ADAPTIVE", "false");

  @TempDir private Path folder;

  @Test
  void a_read_only_disk() throws Exception {
    Path data = used();
    try (Mount disk = Mount.readOnly(data)) {
      assertThat(refusal(disk.path())).contains("cannot be written to: read-only file system");
      PharosProcess.up(data).close();
    }
  }

  @Test
  void a_folder_where_nobody_may_write() {
    assertThat(refusal(Path.of("/proc/self"))).contains("/proc/self").contains("cannot be");
    assertThat(refusal(Path.of("/proc/pharos"))).contains("/proc/pharos cannot be created");
  }

  @Test
  void a_file_in_place_of_the_folder() throws Exception {
    assertThat(refusal(Files.createFile(folder.resolve("file")))).contains("is not a folder");
  }

  @Test
  void a_full_disk_at_the_first_start() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    try (Mount disk = Mount.small(data, "1m")) {
      Ballast.in(disk.path()).fill();
      assertThat(refusal(disk.path())).containsAnyOf("no space left", "is full");
    }
  }

  @Test
  void a_disk_that_is_full_at_a_later_start() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    try (Mount disk = Mount.small(data, "4m")) {
      stopped(PharosProcess.up(data));
      Ballast ballast = Ballast.in(disk.path());
      ballast.fill();
      PharosProcess pharos = PharosProcess.launch(data, Map.of());
      try (pharos) {
        // Whether there is need to write at all is the store's business; a trace never is.
        await("an end or an address")
            .atMost(SOON)
            .until(() -> !pharos.alive() || pharos.out().contains("http://"));
        assertThat(pharos.complaint())
            .satisfiesAnyOf(
                said -> assertThat(said).contains("full"), said -> assertThat(said).isEmpty());
      }
      ballast.remove();
      stopped(PharosProcess.up(data));
    }
  }

  @Test
  void a_folder_of_a_newer_version() throws Exception {
    Path data = used();
    sql(data, "PRAGMA user_version = 99");
    assertThat(refusal(data)).contains("newer Pharos").contains("update Pharos");
    sql(data, "PRAGMA user_version = 1");
    stopped(PharosProcess.up(data));
  }

  @Test
  void a_folder_in_use() throws Exception {
    Path data = used();
    try (PharosProcess first = PharosProcess.up(data)) {
      assertThat(refusal(data)).contains("is in use by another running Pharos");
      assertThat(first.rest().get("/health/ready").path("status").asString()).isEqualTo("ready");
      first.kill();
      stopped(PharosProcess.up(data));
    }
  }

  @Test
  void a_file_that_is_no_database() throws Exception {
    Path data = used();
    Files.writeString(data.resolve("pharos.db"), "no database at all ".repeat(5_000));
    assertThat(refusal(data)).contains("pharos.db is damaged");
  }

  @Test
  void a_database_with_a_torn_page() throws Exception {
    Path data = used();
    try (RandomAccessFile file = new RandomAccessFile(data.resolve("pharos.db").toFile(), "rw")) {
      // The first page tells where tables begin: all but its header is lost.
      file.seek(100);
      file.write(new byte[3_900]);
      for (long page = 1; page < file.length() / 4_096; page++) {
        file.seek(page * 4_096);
        file.write(new byte[2_000]);
      }
    }
    assertThat(refusal(data)).contains("damaged");
  }

  @Test
  void the_database_of_somebody_else() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    sql(data, "CREATE TABLE theirs (id INTEGER)");
    assertThat(refusal(data)).contains("is not one of Pharos");
  }

  @Test
  void a_disk_that_fills_while_the_monitor_runs() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    try (Mount disk = Mount.small(data, "6m");
        Simulator simulator =
            Simulator.start(SimulatorSettings.of("servers=4", "bytes=2048", "tools=4"));
        PharosProcess pharos = PharosProcess.up(data, BUSY);
        Feed feed = Feed.webSocket(pharos.address(), null)) {
      Rest rest = pharos.rest();
      for (int server = 0; server < 4; server++) {
        rest.register("{\"name\":\"s%d\",\"url\":\"%s\"}".formatted(server, simulator.uri(server)));
      }
      feed.await(
          "all are healthy",
          each -> rest.get("/api/v1/summary").path("counts").path("healthy").asInt() == 4);

      Ballast ballast = Ballast.in(disk.path());
      ballast.fill();
      Instant full = Instant.now();
      await("the state is told")
          .atMost(SOON)
          .until(() -> {
            ballast.fill();
            return state(rest).equals("store_failing");
          });
      assertThat(rest.send("GET", "/health/ready", "").status()).isEqualTo(503);
      assertThat(rest.get("/health/live").path("status").asString()).isEqualTo("live");
      feed.await(
          "the state on the feed",
          each -> each.json().path("state").asString("").equals("store_failing"));

      int mark = feed.mark();
      simulator.fault(0, new Fault.Down());
      Feed.Heard down = feed.await("down, unstored", mark, each -> each.flip("s0", "unhealthy"));
      simulator.fault(0, new Fault.None());
      Feed.Heard up = feed.await("up, unstored", mark, each -> each.flip("s0", "healthy"));
      assertThat(down.id() + up.id()).as("no place in the journal yet").isZero();
      assertThat(rest.health("s0")).isEqualTo("healthy");
      for (String server : List.of("s0", "s1", "s2", "s3")) {
        feed.await(
            "looks at " + server + " go on",
            mark,
            each -> looked(each, server, full.plusSeconds(1)));
      }
      assertThat(state(rest)).isEqualTo("store_failing");
      Instant room = Instant.now();
      ballast.remove();

      await("writing goes on").atMost(SOON).until(() -> state(rest).equals("live"));
      feed.await(
          "back on the feed", each -> each.json().path("state").asString("").equals("store_back"));
      assertThat(rest.send("GET", "/health/ready", "").status()).isEqualTo(200);
      assertKept(rest, feed, List.of(down, up), full, room);
      pharos.stop();
      assertThat(feed.heard())
          .as("told once")
          .filteredOn(each -> each.flip("s0", "unhealthy"))
          .hasSize(1);
    }
  }

  /**
   * What happened meanwhile has its place in the journal, the log and the spans, at its own time.
   */
  private static void assertKept(
      Rest rest, Feed feed, List<Feed.Heard> flips, Instant full, Instant room) {
    List<JsonNode> journal =
        Rest.list(rest.get("/api/v1/events?server=s0&type=mcp_status_change").path("events"));
    List<String> begins =
        rest.spans("s0").stream().map(each -> each.path("from").asString()).toList();
    for (Feed.Heard flip : flips) {
      String at = flip.json().path("timestamp").asString();
      assertThat(Instant.parse(at)).isBetween(full, room);
      assertThat(journal)
          .as("the journal")
          .anyMatch(each -> each.path("timestamp").asString().equals(at));
      assertThat(begins).as("the spans").contains(at);
    }
    for (String server : List.of("s0", "s1", "s2", "s3")) {
      List<Instant> looks =
          rest.logs(server).stream()
              .map(each -> Instant.parse(each.path("checked_at").asString()))
              .toList();
      assertThat(looks)
          .as(server)
          .anyMatch(at -> at.isAfter(full.plusSeconds(1)) && at.isBefore(room));
      List<Instant> told =
          feed.heard().stream()
              .filter(each -> each.is("mcp_health_check", server))
              .map(each -> Instant.parse(each.json().path("last_health_check").asString()))
              .filter(at -> at.isBefore(room))
              .toList();
      assertThat(looks)
          .as("all looks of %s that were told are in its log", server)
          .containsAll(told);
    }
  }

  private static boolean looked(Feed.Heard heard, String server, Instant after) {
    return heard.is("mcp_health_check", server)
        && Instant.parse(heard.json().path("last_health_check").asString()).isAfter(after);
  }

  private static String state(Rest rest) {
    return rest.get("/api/v1/summary").path("state").asString();
  }

  /** The one sentence with which it refuses to start. */
  private static String refusal(Path data) {
    try (PharosProcess pharos = PharosProcess.launch(data, Map.of())) {
      assertThat(pharos.exit()).isEqualTo(1);
      assertThat(pharos.out()).isEmpty();
      String complaint = pharos.complaint();
      assertThat(complaint).startsWith("pharos up: ").endsWith("\n").hasLineCount(1);
      assertThat(complaint).doesNotContain("SQL", "java.", "null");
      return complaint;
    }
  }

  private Path used() {
    Path data = folder.resolve("data");
    stopped(PharosProcess.up(data));
    return data;
  }

  private static void stopped(PharosProcess pharos) {
    try (pharos) {
      assertThat(pharos.stop()).isZero();
    }
  }

  private static void sql(Path data, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("pharos.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
