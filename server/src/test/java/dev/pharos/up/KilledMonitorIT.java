package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.Seed;
import dev.pharos.testing.simulator.Fault;
import dev.pharos.testing.simulator.Simulator;
import dev.pharos.testing.simulator.SimulatorSettings;
import dev.pharos.up.Remains.Flip;
import dev.pharos.up.Remains.Stretch;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * The monitor is killed, again and again, while a thousand servers go up and down: what it told is
 * what it kept, and the other way round.
 */
class KilledMonitorIT {
  private static final int SERVERS = 1_000;
  private static final int ROUNDS = 3;
  private static final Map<String, String> BUSY =
      Map.of("PHAROS_HEALTH_CHECK_INTERVAL_SECONDS", "3", "PHAROS_HEALTH_CHECK_ADAPTIVE", "false");

  @TempDir private Path folder;

  /** A client that comes back with its cursor each time the monitor does. */
  private static final class Follower implements AutoCloseable {
    private final String name;
    private final BiFunction<URI, @Nullable Long, Feed> how;
    private final NavigableMap<Long, String> told = new TreeMap<>();
    private @Nullable Feed feed;
    private long cursor = -1;

    Follower(String name, BiFunction<URI, @Nullable Long, Feed> how) {
      this.name = name;
      this.how = how;
    }

    void follow(URI base) {
      feed = how.apply(base, cursor < 0 ? null : Long.valueOf(cursor));
      if (cursor < 0) {
        cursor = feed.heard().getFirst().json().path("cursor").asLong(-1);
        told.put(cursor, "");
      }
    }

    /** Takes what was heard since; each event once, in order. */
    void collect() {
      for (Feed.Heard each : feed().heard()) {
        assertThat(each.type()).as(name).isNotEqualTo("reset");
        if (each.id() > 0) {
          assertThat(each.id()).as("%s: in order, none twice", name).isGreaterThan(cursor);
          cursor = each.id();
          told.put(cursor, ((ObjectNode) each.json()).without("event_id").toString());
        } else {
          assertThat(each.type()).as("%s: stored first", name).isNotEqualTo("mcp_status_change");
        }
      }
      feed().close();
    }

    Feed feed() {
      if (feed == null) {
        throw new IllegalStateException("follow first");
      }
      return feed;
    }

    void assertToldAsKept(Remains remains) {
      NavigableMap<Long, String> kept =
          remains.events().subMap(told.firstKey(), false, cursor, true);
      assertThat(told.tailMap(told.firstKey(), false))
          .as("%s: told and kept are the same up to %d", name, cursor)
          .isEqualTo(kept);
    }

    @Override
    public void close() {
      if (feed != null) {
        feed.close();
      }
    }
  }

  @Test
  void nothing_that_was_told_is_lost_and_nothing_that_is_kept_remains_untold() throws Exception {
    SplittableRandom random = new SplittableRandom(Seed.of(KilledMonitorIT.class));
    Path data = folder.resolve("data");
    try (Simulator simulator =
            Simulator.start(
                SimulatorSettings.of(
                    "servers=" + SERVERS, "addresses=4", "bytes=2048", "tools=4"));
        Follower socket = new Follower("WebSocket", Feed::webSocket);
        Follower stream = new Follower("server-sent events", Feed::events)) {
      List<Follower> followers = List.of(socket, stream);
      Path fleet = fleet(simulator);
      long seed = random.nextLong(1_000_000);
      for (int server = 0; server < SERVERS; server++) {
        simulator.fault(server, new Fault.Flip(4_000, 3_000, seed));
      }
      for (int round = 0; round < ROUNDS; round++) {
        String[] arguments =
            round == 0 ? new String[] {"--import", fleet.toString()} : new String[0];
        try (PharosProcess pharos = PharosProcess.up(data, BUSY, arguments)) {
          followers.forEach(each -> each.follow(pharos.address()));
          pause(Duration.ofMillis(2_000 + random.nextLong(3_000)));
          pharos.kill();
          followers.forEach(each -> each.feed().awaitEnd());
        }
        followers.forEach(Follower::collect);
        Remains remains = Remains.of(data, folder.resolve("copy"));
        report(round, remains, followers);
        followers.forEach(each -> each.assertToldAsKept(remains));
        assertWhole(remains);
      }
      assertAllIsToldInTheEnd(data, followers);
      assertThat(simulator.stats().flips()).isPositive();
    }
  }

  /** Who comes back gets what was kept and could not be told before the last kill. */
  private void assertAllIsToldInTheEnd(Path data, List<Follower> followers) throws Exception {
    long newest = Remains.of(data, folder.resolve("copy")).events().lastKey();
    try (PharosProcess pharos = PharosProcess.up(data, BUSY)) {
      for (Follower each : followers) {
        each.follow(pharos.address());
        each.feed().await("event " + newest, heard -> heard.id() >= newest);
      }
      assertThat(pharos.stop()).isZero();
      followers.forEach(each -> each.feed().awaitEnd());
      assertThat(pharos.complaint()).isEmpty();
    }
    Remains remains = Remains.of(data, folder.resolve("copy"));
    for (Follower each : followers) {
      each.collect();
      each.assertToldAsKept(remains);
    }
    assertWhole(remains);
  }

  private static void assertWhole(Remains remains) {
    assertThat(remains.rows())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.own()).as(row.server()).isEqualTo(row.logged()));
    List<Flip> begun = new ArrayList<>();
    remains.spans().stream()
        .collect(Collectors.groupingBy(Stretch::server, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(line -> begun.addAll(flips(line)));
    assertThat(begun).as("spans and events tell the same").isEqualTo(remains.flips());
  }

  /** The flips between the spans of one server, which have no hole and no overlap. */
  private static List<Flip> flips(List<Stretch> line) {
    List<Flip> flips = new ArrayList<>();
    for (int i = 1; i < line.size(); i++) {
      Stretch before = line.get(i - 1);
      Stretch span = line.get(i);
      assertThat(span.began()).as("%s follows %s", span, before).isEqualTo(before.ended());
      assertThat(span.state()).as("%s follows %s", span, before).isNotEqualTo(before.state());
      flips.add(new Flip(span.server(), span.began(), span.state()));
    }
    assertThat(line.getLast().ended()).as("%s is open", line.getLast()).isZero();
    return flips;
  }

  private static void report(int round, Remains remains, List<Follower> followers) {
    System.out.printf(
        "kill %d: %d events kept, %d flips; %s%n",
        round + 1,
        remains.events().size(),
        remains.flips().size(),
        followers.stream()
            .map(each ->
                each.name
                    + " told up to "
                    + each.cursor
                    + ", "
                    + (remains.events().lastKey() - each.cursor)
                    + " still to tell")
            .collect(Collectors.joining("; ")));
  }

  private Path fleet(Simulator simulator) throws Exception {
    ObjectNode file = Rest.JSON.createObjectNode();
    ObjectNode servers = file.putObject("mcpServers");
    for (int server = 0; server < SERVERS; server++) {
      servers.putObject("s%04d".formatted(server)).put("url", simulator.uri(server).toString());
    }
    return Files.writeString(folder.resolve("fleet.json"), file.toString());
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
