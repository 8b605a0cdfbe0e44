package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * Two replicas of the whole program, each with a browser, while their Redis goes through what a
 * Redis can. Servers go down and come back meanwhile: the database carries that to both.
 */
class RedisReplicasIT {
  private static final Duration LIVE = Duration.ofSeconds(10);

  private static Pair pair;

  /**
   * What happens to Redis.
   *
   * @param lasts at least
   * @param lost whether that is an outage; else nobody notices
   * @param silent whether nothing gets through Redis meanwhile
   */
  private record Fault(
      String name, Duration lasts, boolean lost, boolean silent, Runnable begin, Runnable end) {}

  @BeforeAll
  static void two_replicas_share_a_fleet(@TempDir Path folder) throws Exception {
    pair = Pair.start(folder);
  }

  @AfterAll
  static void end() {
    pair.close();
  }

  @Test
  void stopped() throws Exception {
    survives(outage("stopped", pair.redis::kill, () -> pair.redis.restart()));
  }

  @Test
  void restarted_empty() throws Exception {
    survives(
        outage("restarted empty", pair.redis::kill, () -> pair.redis.restart("--appendonly no")));
  }

  @Test
  void out_of_memory() throws Exception {
    survives(
        outage(
            "out of memory",
            () -> pair.tell(jedis -> jedis.configSet("maxmemory", "1")),
            () -> pair.tell(jedis -> jedis.configSet("maxmemory", "0"))));
  }

  @Test
  void paused_for_20_seconds() throws Exception {
    survives(
        new Fault(
            "paused",
            Duration.ofSeconds(20),
            true,
            true,
            () -> pair.redis.hold(true),
            () -> pair.redis.hold(false)));
  }

  @Test
  void flushed() throws Exception {
    survives(
        new Fault(
            "flushed", Duration.ZERO, false, false, () -> pair.tell(Jedis::flushAll), () -> {}));
  }

  @Test
  void slow() throws Exception {
    survives(
        new Fault(
            "slow, 0.3 s",
            Duration.ofSeconds(5),
            false,
            false,
            () -> delay(300),
            RedisReplicasIT::pass));
  }

  @Test
  void slower_than_we_wait() throws Exception {
    survives(
        new Fault(
            "slow, 2 s",
            Duration.ofSeconds(8),
            true,
            false,
            () -> delay(2_000),
            RedisReplicasIT::pass));
  }

  /** The journal is what a cursor is read from: an emptied stream takes nothing from anybody. */
  @Test
  void a_cursor_older_than_the_stream_gets_the_journal_and_one_older_than_that_a_reset()
      throws Exception {
    long cursor = pair.newest();
    flip(List.of(0), "down", "unhealthy");
    flip(List.of(0), "none", "healthy");
    List<Long> since = pair.journal(cursor);
    pair.tell(Jedis::flushAll);
    for (Replica each : pair.replicas) {
      try (Feed late = Feed.webSocket(each.process.address(), cursor)) {
        late.await("the newest", heard -> heard.id() == since.getLast());
        assertThat(late.stored()).extracting(Feed.Heard::id).containsExactlyElementsOf(since);
        assertThat(late.heard()).noneMatch(heard -> heard.type().equals("reset"));
      }
    }
    Postgres.run("DELETE FROM %s.events WHERE id < %d".formatted(pair.schema, since.getLast()));
    for (Replica each : pair.replicas) {
      try (Feed late = Feed.webSocket(each.process.address(), cursor)) {
        Feed.Heard reset = late.await("reset", heard -> heard.type().equals("reset"));
        assertThat(reset.json().path("cursor").asLong()).isEqualTo(pair.newest());
        assertThat(late.stored()).isEmpty();
      }
    }
  }

  private static Fault outage(String name, Runnable begin, Runnable end) {
    return new Fault(name, Duration.ZERO, true, true, begin, end);
  }

  private void survives(Fault fault) throws Exception {
    long before = pair.newest();
    Instant begun = Instant.now();
    fault.begin.run();
    String state = fault.lost ? "redis_lost" : "live";
    Pair.await(fault.name + " is noticed", () -> pair.all(state));
    List<Integer> flipping =
        pair.shares.values().stream().flatMap(own -> own.stream().limit(2)).toList();
    Map<Replica, Integer> marks = marks();
    Duration down = flip(flipping, "down", "unhealthy");
    restAnswers();
    marks.forEach((replica, mark) -> figures(replica, mark, pair.own(replica)));
    Duration back = flip(flipping, "none", "healthy");
    rest(begun.plus(fault.lasts));
    if (fault.silent) {
      noOthersFigures(marks);
    }
    assertThat(pair.all(state)).isTrue();
    long looks = looks(begun, flipping);
    fault.end.run();
    Instant over = Instant.now();
    Pair.await("the end of " + fault.name, () -> pair.all("live"));
    marks().forEach((replica, mark) -> figures(replica, mark, pair.others(replica)));
    Duration recovered = Duration.between(over, Instant.now());
    List<Long> meanwhile = everyEventOnceInTheStream(before);
    everyEventOnceAtBothBrowsers();
    assertThat(meanwhile).hasSizeGreaterThanOrEqualTo(2 * flipping.size());
    assertThat(told("redis_lost", begun)).isEqualTo(fault.lost ? 1 : 0);
    assertThat(told("redis_back", begun)).isEqualTo(fault.lost ? 1 : 0);
    System.out.printf(
        Locale.ROOT,
        "%s for %.1f s: flips at both browsers within %d and %d ms, %d looks meanwhile, %d events"
            + " once in the stream; figures of all servers at both %d ms after its end%n",
        fault.name,
        Duration.between(begun, over).toMillis() / 1e3,
        down.toMillis(),
        back.toMillis(),
        looks,
        meanwhile.size(),
        recovered.toMillis());
  }

  /** Until both browsers have heard of all, which is soon. */
  private static Duration flip(List<Integer> servers, String order, String health)
      throws Exception {
    Map<Replica, Integer> marks = marks();
    Instant begun = Instant.now();
    pair.order(servers, order);
    marks.forEach((replica, mark) ->
        servers.forEach(i -> {
          String name = "server-" + i;
          replica.browser.await(name + " " + health, mark, heard -> heard.flip(name, health));
        }));
    Duration took = Duration.between(begun, Instant.now());
    assertThat(took).isLessThan(LIVE);
    return took;
  }

  private static void restAnswers() {
    for (Replica each : pair.replicas) {
      for (String path :
          List.of(
              "servers",
              "servers/server-0",
              "servers/server-0/capabilities",
              "servers/server-0/logs",
              "servers/server-0/history",
              "servers/server-0/uptime",
              "summary",
              "events")) {
        Instant asked = Instant.now();
        assertThat(each.process.rest().get("/api/v1/" + path)).isNotNull();
        assertThat(Duration.between(asked, Instant.now())).as(path).isLessThan(LIVE);
      }
      Rest.Answer check = each.process.rest().send("POST", "/api/v1/servers/server-11/check", "");
      assertThat(check.status()).as(check.text()).isEqualTo(200);
    }
  }

  /** A look at each of these is heard of. */
  private static void figures(Replica replica, int mark, List<Integer> servers) {
    for (int i : servers) {
      replica.browser.await("server-" + i, mark, heard -> figure(heard, i));
    }
  }

  private static boolean figure(Feed.Heard heard, int server) {
    return heard.is("mcp_health_check", "server-" + server);
  }

  /** This is why both say that they are behind. */
  private static void noOthersFigures(Map<Replica, Integer> marks) {
    marks.forEach((replica, mark) ->
        assertThat(replica.browser.heard().stream().skip(mark))
            .noneMatch(heard -> pair.others(replica).stream().anyMatch(i -> figure(heard, i))));
  }

  private static List<Long> everyEventOnceInTheStream(long after) {
    Pair.await("the stream", () -> pair.stream().contains(pair.newest()));
    List<Long> ids = pair.stream();
    assertThat(ids).as("in order").isSorted();
    assertThat(ids).as("each once").doesNotHaveDuplicates();
    List<Long> since = ids.stream().filter(id -> id > after).toList();
    assertThat(since).as("none left out").containsExactlyElementsOf(pair.journal(after));
    return since;
  }

  private static void everyEventOnceAtBothBrowsers() {
    long newest = pair.newest();
    for (Replica each : pair.replicas) {
      each.browser.await("the newest", heard -> heard.id() >= newest);
      List<Long> ids = each.browser.stored().stream().map(Feed.Heard::id).toList();
      assertThat(ids).as("in order").isSorted();
      assertThat(ids).as("each once").doesNotHaveDuplicates();
      assertThat(ids).as("none left out").containsAll(pair.journal(ids.getFirst() - 1));
    }
  }

  /** How many looks were made since then; no server waited long for its next one. */
  private static long looks(Instant since, List<Integer> flipping) {
    String names =
        flipping.stream().map(i -> "'server-" + i + "'").collect(Collectors.joining(","));
    String longest =
        """
        SELECT coalesce(extract(epoch FROM max(gap)), 0) FROM (
          SELECT l.checked_at - lag(l.checked_at)
            OVER (PARTITION BY l.server_id ORDER BY l.checked_at) AS gap
          FROM %1$s.mcp_health_logs l JOIN %1$s.mcp_servers s ON s.id = l.server_id
          WHERE l.checked_at > '%2$s'::timestamptz - interval '%3$d s' AND s.name NOT IN (%4$s)) x
        """
            .formatted(pair.schema, since, Pair.INTERVAL.toSeconds(), names);
    assertThat(Double.parseDouble(Postgres.ask(longest)))
        .isBetween(0.1, 3.0 * Pair.INTERVAL.toSeconds());
    return pair.number(
        "SELECT count(*) FROM %s.mcp_health_logs WHERE checked_at > '" + since + "'");
  }

  /** How often the monitor said that of itself, in the journal. */
  private static long told(String state, Instant since) {
    return pair.number(
        "SELECT count(*) FROM %s.events WHERE type = 'monitor_state' AND payload LIKE '%%\"state\":\""
            + state
            + "\"%%' AND at > '"
            + since
            + "'");
  }

  /** Where the browsers are now. */
  private static Map<Replica, Integer> marks() {
    return pair.replicas.stream()
        .collect(Collectors.toMap(each -> each, each -> each.browser.mark()));
  }

  private static void delay(int millis) {
    pair.replicas.forEach(each -> each.redis.delay(Duration.ofMillis(millis)));
  }

  private static void pass() {
    pair.replicas.forEach(each -> each.redis.pass());
  }

  /** The fault itself lasts so long. */
  private static void rest(Instant until) {
    LockSupport.parkNanos(Math.max(0, Duration.between(Instant.now(), until).toNanos()));
  }
}
