package dev.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.RunningApp.Feed;
import dev.pharos.testing.FaultProxy;
import dev.pharos.testing.Postgres;
import dev.pharos.testing.simulator.SimulatorProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole program while its database is away, with servers that go down and come back meanwhile.
 */
class PostgresOutageIT {
  private static final int SERVERS = 200;
  private static final int FLIPPED = 40;
  private static final Duration OUTAGE = Duration.ofSeconds(30);

  @TempDir private Path data;
  private final String schema = Postgres.newSchema();
  private final FaultProxy proxy =
      FaultProxy.to(new InetSocketAddress(Postgres.host(), Postgres.port()));
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void remember() {
    open.add(proxy);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    Postgres.dropSchema(schema);
  }

  @Test
  void stopped_for_half_a_minute() throws Exception {
    survives(
        "stopped for 30 s",
        () -> {
          proxy.refuse();
          proxy.cut();
        });
  }

  @Test
  void hanging_for_half_a_minute() throws Exception {
    survives("hanging for 30 s", proxy::pause);
  }

  /** Every look has lists to store: none may wait for that. */
  @Test
  void hanging_while_what_servers_offer_changes() throws Exception {
    survives("hanging for 30 s with changing tools", proxy::pause, "changing");
  }

  /** Connections are cut, and who comes back meets a server that takes no writes. */
  @Test
  void failing_over() throws Exception {
    String database = Postgres.ask("SELECT current_database()");
    try {
      survives(
          "read-only for 30 s after a cut",
          () -> {
            Postgres.run("ALTER DATABASE " + database + " SET default_transaction_read_only = on");
            proxy.cut();
          });
    } finally {
      writable();
    }
  }

  private static void writable() {
    Postgres.run(
        "SET default_transaction_read_only = off",
        "ALTER DATABASE "
            + Postgres.ask("SELECT current_database()")
            + " RESET default_transaction_read_only");
  }

  private void survives(String what, Runnable fault, String... more) throws Exception {
    String[] options =
        Stream.concat(Stream.of("tools=1", "no-streams"), Stream.of(more)).toArray(String[]::new);
    SimulatorProcess servers = SimulatorProcess.start(SERVERS, options);
    open.add(servers);
    RunningApp app = new RunningApp(data, environment(), null);
    open.add(app);
    Feed feed = app.feed();
    Instant registered = Instant.now();
    assertThat(app.send("POST", "api/v1/import", fleet(servers)).statusCode()).isEqualTo(200);
    // As the feed tells it: a row is there a moment before everybody has heard of it.
    assertThat(flips(feed, "healthy", registered, SERVERS)).hasSize(SERVERS);

    Instant begun = Instant.now();
    fault.run();
    if (more.length > 0) {
      long before = lists(servers);
      await("changed lists", Duration.ofSeconds(10), () -> lists(servers) >= before + SERVERS);
    }
    Instant broken = Instant.now();
    servers.control("0-%d down".formatted(FLIPPED - 1));
    // Told while the database is away, and no other; also when a write is not answered.
    Map<String, Instant> down = flips(feed, "unhealthy", begun);
    // Two seconds are usual; a look that waits for the database takes a minute.
    assertThat(Duration.between(broken, Instant.now())).isLessThan(Duration.ofSeconds(12));
    servers.control("0-%d none".formatted(FLIPPED / 2 - 1));
    Map<String, Instant> back = flips(feed, "healthy", begun, FLIPPED / 2);
    assertThat(app.send("GET", "health/live", null).statusCode()).isEqualTo(200);
    rest(begun.plus(OUTAGE));
    proxy.pass();
    writable();
    Instant over = Instant.now();

    await(
        "recovery",
        Duration.ofSeconds(40),
        () ->
            rows("last_health_check > '%s'".formatted(over)) == SERVERS
                && rows("health_status = 'unhealthy'") == FLIPPED / 2);
    Duration recovered = Duration.between(over, Instant.now());
    long written = log(begun, over);
    System.out.printf(
        "%s: %d flips down and %d back told meanwhile, all in the journal; %d looks of that time"
            + " written late, with their own times; every server looked at and written %d ms after"
            + " its end%n",
        what, down.size(), back.size(), written, recovered.toMillis());
    assertNothingLost(down, back, begun);
    assertThat(feed.rest())
        .as("each told once")
        .noneMatch(each -> each.path("type").asString("").equals("mcp_status_change"));
    // Ten rounds are due meanwhile; looks that wait for the database come to some six.
    assertThat(written).as("looks went on").isGreaterThanOrEqualTo(8 * SERVERS);
    assertNoStatusInvented(begun);
  }

  private static long lists(SimulatorProcess servers) throws IOException {
    return servers.stats().path("requests").path("tools/list").asLong();
  }

  /** Each flip that was told is in the journal once, and opens a span at the moment told. */
  private void assertNothingLost(
      Map<String, Instant> down, Map<String, Instant> back, Instant from) {
    for (String name : down.keySet()) {
      int flips = back.containsKey(name) ? 2 : 1;
      assertThat(
              number(
                  "SELECT COUNT(*) FROM %%s.events WHERE type = 'mcp_status_change' AND mcp_name = '%s' AND at > '%s'"
                      .formatted(name, from)))
          .as(name)
          .isEqualTo(flips);
      assertThat(
              number(
                  "SELECT COUNT(*) FROM %%1$s.mcp_status_spans p JOIN %%1$s.mcp_servers s ON s.id = p.server_id WHERE s.name = '%s' AND p.began_at > '%s'"
                      .formatted(name, from)))
          .as(name)
          .isEqualTo(flips);
    }
  }

  private void assertNoStatusInvented(Instant from) {
    assertThat(
            number(
                "SELECT COUNT(DISTINCT mcp_name) FROM %%s.events WHERE type = 'mcp_status_change' AND at > '%s'"
                    .formatted(from)))
        .isEqualTo(FLIPPED);
    assertThat(rows("health_status = 'healthy'")).isEqualTo(SERVERS - FLIPPED / 2);
    assertThat(rows("health_status NOT IN ('healthy', 'unhealthy')")).isZero();
  }

  private Map<String, Instant> flips(Feed feed, String to, Instant from) {
    return flips(feed, to, from, FLIPPED);
  }

  private Map<String, Instant> flips(Feed feed, String to, Instant from, int many) {
    Map<String, Instant> found = new TreeMap<>();
    while (found.size() < many) {
      JsonNode event =
          feed.next(each -> each.path("type").asString("").equals("mcp_status_change"));
      assertThat(event.path("new_status").asString("")).isEqualTo(to);
      Instant at = Instant.parse(event.path("timestamp").asString(""));
      assertThat(at).isAfter(from.minusSeconds(10));
      assertThat(found.put(event.path("mcp_name").asString(""), at)).isNull();
    }
    System.out.printf(
        "%d flips to %s told within %d ms%n",
        many, to, Duration.between(from, Instant.now()).toMillis());
    return found;
  }

  private long log(Instant from, Instant to) {
    return number(
        "SELECT COUNT(*) FROM %%s.mcp_health_logs WHERE checked_at BETWEEN '%s' AND '%s'"
            .formatted(from, to));
  }

  private long rows(String condition) {
    return number("SELECT COUNT(*) FROM %s.mcp_servers WHERE " + condition);
  }

  private long number(String query) {
    return Long.parseLong(Postgres.ask(query.formatted(schema)));
  }

  private Map<String, String> environment() {
    return Map.of(
        "PHAROS_DATABASE_URL",
        Postgres.url(proxy.port()),
        "PHAROS_DATABASE_SCHEMA",
        schema,
        "PHAROS_HEALTH_CHECK_INTERVAL_SECONDS",
        "3",
        "PHAROS_HEALTH_CHECK_ADAPTIVE",
        "false");
  }

  private static String fleet(SimulatorProcess simulator) {
    ObjectNode file = JsonMapper.builder().build().createObjectNode();
    ObjectNode servers = file.putObject("mcpServers");
    var addresses = simulator.servers();
    IntStream.range(0, SERVERS)
        .forEach(i -> servers.putObject("server-" + i).put("url", addresses.get(i).toString()));
    return file.toString();
  }

  /** The fault itself lasts so long. */
  private static void rest(Instant until) {
    LockSupport.parkNanos(Math.max(0, Duration.between(Instant.now(), until).toNanos()));
  }

  private static void await(String what, Duration most, Callable<Boolean> until) {
    Awaitility.await(what)
        .atMost(most)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .until(until);
  }
}
