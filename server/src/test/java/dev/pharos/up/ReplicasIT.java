package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.Postgres;
import dev.pharos.testing.TestRedis;
import dev.pharos.testing.simulator.SimulatorProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Three replicas share three thousand servers, and one after the other meets its fate. Each goes to
 * PostgreSQL and Redis by a proxy of its own, which can be cut.
 */
class ReplicasIT {
  private static final int SERVERS = 3_000;
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration PROMISED = INTERVAL.plusSeconds(15);

  private final String schema = Postgres.newSchema();
  private final List<Replica> replicas = new ArrayList<>();
  private @Nullable SimulatorProcess started;
  private long returnsBefore;
  private int numbers;

  @TempDir private Path folder;

  @BeforeEach
  void three_replicas_look_at_every_server() throws Exception {
    started = SimulatorProcess.start(SERVERS, "bytes=1024", "tools=3", "no-streams");
    join();
    join();
    join();
    for (int first = 0; first < SERVERS; first += 250) {
      String part = fleet(first, first + 250);
      assertThat(replicas.getFirst().process.rest().send("POST", "/api/v1/import", part).status())
          .isEqualTo(200);
    }
    Instant begun = Instant.now();
    everyServerIsLookedAtAfter(begun, "registered with one node", PROMISED.multipliedBy(2));
    await("fair shares", Duration.ofSeconds(30), () -> most() <= SERVERS / 3 * 106 / 100);
    returnsBefore = simulator().stats().path("returns").asLong();
  }

  @AfterEach
  void end() {
    replicas.forEach(Replica::close);
    simulator().close();
    Postgres.dropSchema(schema);
  }

  @Test
  void whatever_happens_to_one_the_others_go_on() throws Exception {
    checkNowReachesTheOwner();
    killed();
    stopped();
    cutFromDatabase();
    cutFromRedis();
    join();
    join();
    await("shares of four", Duration.ofSeconds(60), () -> most() <= SERVERS / living() * 106 / 100);
    rolled();
    long returns = simulator().stats().path("returns").asLong() - returnsBefore;
    int most = simulator().stats().path("most_returns").asInt();
    System.out.printf(
        "servers looked at by the one before after the next had begun: %d, one of them at most %d"
            + " times%n",
        returns, most);
    // A look that was on its way when its node lost the server may end: one for each fault.
    assertThat(most).isLessThanOrEqualTo(2);
    assertEachFlipOnce();
  }

  private void checkNowReachesTheOwner() throws Exception {
    for (Replica each : replicas) {
      Rest.Answer answer = each.process.rest().send("POST", "/api/v1/servers/server-7/check", "");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().path("health_status").asString("")).isEqualTo("healthy");
    }
  }

  private void killed() throws Exception {
    Replica victim = replicas.removeFirst();
    Instant at = Instant.now();
    victim.process.kill();
    everyServerIsLookedAtAfter(at, "kill -9 of one of three", PROMISED);
    flip(0, 20);
    victim.close();
    join();
  }

  private void stopped() throws Exception {
    Replica victim = replicas.getFirst();
    Instant at = Instant.now();
    victim.signal("STOP");
    everyServerIsLookedAtAfter(at, "one of three stands still", PROMISED);
    Duration left = Duration.between(Instant.now(), at.plusSeconds(20));
    LockSupport.parkNanos(left.toNanos()); // the fault itself lasts so long
    Instant woken = Instant.now();
    victim.signal("CONT");
    flip(100, 120);
    everyServerIsLookedAtAfter(woken, "woken after 20 s", PROMISED);
    settle();
  }

  private void cutFromDatabase() throws Exception {
    Replica victim = replicas.getFirst();
    Instant at = Instant.now();
    victim.database.refuse();
    victim.database.cut();
    everyServerIsLookedAtAfter(at, "one cut from PostgreSQL", PROMISED);
    flip(200, 220);
    assertThat(victim.state()).isEqualTo("cut_off");
    victim.database.pass();
    settle();
  }

  private void cutFromRedis() throws Exception {
    Replica victim = replicas.getFirst();
    Instant at = Instant.now();
    victim.redis.refuse();
    victim.redis.cut();
    everyServerIsLookedAtAfter(at, "one cut from Redis", PROMISED);
    flip(300, 320);
    assertThat(victim.state()).isEqualTo("redis_lost");
    victim.redis.pass();
    settle();
  }

  /** All that began are replaced, one after the other, as an update does. */
  private void rolled() throws Exception {
    for (Replica old : List.copyOf(replicas).subList(0, 3)) {
      Instant at = Instant.now();
      assertThat(old.process.stop()).isZero();
      everyServerIsLookedAtAfter(at, "one ended gracefully", INTERVAL.plusSeconds(5));
      replicas.remove(old);
      old.close();
      flip(400, 410);
    }
  }

  /** Servers go down and come back, while the fault goes on. */
  private void flip(int first, int last) throws Exception {
    simulator().control(first + "-" + last + " down");
    await(
        "down",
        PROMISED.plusSeconds(10),
        () -> count("health_status = 'unhealthy'") == last - first + 1);
    simulator().control(first + "-" + last + " none");
    await("back", PROMISED, () -> count("health_status <> 'healthy'") == 0);
  }

  private void assertEachFlipOnce() {
    long flips =
        Long.parseLong(
            Postgres.ask(
                "SELECT count(*) FROM %s.events WHERE type = 'mcp_status_change'"
                    .formatted(schema)));
    long spans =
        Long.parseLong(
            Postgres.ask(
                "SELECT count(*) - count(DISTINCT server_id) FROM %s.mcp_status_spans"
                    .formatted(schema)));
    assertThat(flips).as("events and spans").isEqualTo(spans);
    for (Replica each : replicas) {
      List<Long> heard = each.browser.stored().stream().map(Feed.Heard::id).toList();
      assertThat(heard).as("in order").isSorted();
      assertThat(new HashSet<>(heard)).as("each once").hasSameSizeAs(heard);
      Set<Long> kept = ids(heard.getFirst(), heard.getLast());
      assertThat(heard).as("none left out").containsAll(kept);
    }
    System.out.printf("flips in the journal: %d, each told once to each browser%n", flips);
  }

  private Set<Long> ids(long first, long last) {
    String ids =
        Postgres.ask(
            "SELECT string_agg(id::text, ' ') FROM %s.events WHERE id BETWEEN %d AND %d"
                .formatted(schema, first, last));
    return List.of(ids.split(" ", -1)).stream().map(Long::valueOf).collect(Collectors.toSet());
  }

  private void everyServerIsLookedAtAfter(Instant at, String what, Duration promised) {
    await(
        "every server looked at, " + what,
        promised.plusSeconds(30),
        () ->
            count("last_health_check IS NULL OR last_health_check <= '" + at + "'::timestamptz")
                == 0);
    Duration took = Duration.between(at, Instant.now());
    System.out.printf(
        Locale.ROOT,
        "%s: every server was looked at within %.1f s (promised: %d s)%n",
        what,
        took.toMillis() / 1e3,
        promised.toSeconds());
    assertThat(took).isLessThan(promised.plusSeconds(5));
  }

  /** Until all replicas have their share again. */
  private void settle() {
    await("shares", Duration.ofSeconds(60), () -> most() <= SERVERS / living() * 106 / 100);
  }

  private long living() {
    return replicas.stream().filter(each -> each.lives).count();
  }

  private long most() {
    String most =
        Postgres.ask(
            "SELECT max(n) FROM (SELECT count(*) AS n FROM %s.mcp_servers GROUP BY owner) x"
                .formatted(schema));
    return Long.parseLong(most);
  }

  private long count(String condition) {
    return Long.parseLong(
        Postgres.ask("SELECT count(*) FROM %s.mcp_servers WHERE %s".formatted(schema, condition)));
  }

  private SimulatorProcess simulator() {
    return Objects.requireNonNull(started);
  }

  private void join() {
    Path data = folder.resolve("node-" + numbers++);
    replicas.add(new Replica(data, schema, TestRedis.address().getPort(), INTERVAL));
  }

  private String fleet(int from, int to) {
    ObjectNode file = Rest.JSON.createObjectNode();
    ObjectNode servers = file.putObject("mcpServers");
    var addresses = simulator().servers();
    IntStream.range(from, to)
        .forEach(i -> servers.putObject("server-" + i).put("url", addresses.get(i).toString()));
    return file.toString();
  }

  private static void await(String what, Duration most, Callable<Boolean> until) {
    Awaitility.await(what)
        .atMost(most)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .until(until);
  }
}
