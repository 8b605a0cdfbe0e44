package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.redis.Streams;
import dev.pharos.testing.Postgres;
import dev.pharos.testing.RedisProcess;
import dev.pharos.testing.simulator.SimulatorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two replicas of the whole program that share {@code server-0}, {@code server-1} and so on, and a
 * Redis of their own that saves each write.
 */
final class Pair implements AutoCloseable {
  static final int SERVERS = 12;
  static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final String schema = Postgres.newSchema();
  final RedisProcess redis = RedisProcess.start("--appendonly yes", "--appendfsync always");
  final List<Replica> replicas = new ArrayList<>();

  /** Who looks at which servers. */
  final Map<Replica, List<Integer>> shares = new LinkedHashMap<>();

  private final SimulatorProcess servers;

  private Pair(SimulatorProcess servers) {
    this.servers = servers;
  }

  /** Starts all; every server is healthy then, and each replica owns about half of them. */
  static Pair start(Path folder) throws IOException {
    Pair pair = new Pair(SimulatorProcess.start(SERVERS, "tools=1", "no-streams"));
    try {
      pair.begin(folder);
      return pair;
    } catch (RuntimeException | Error e) {
      pair.close();
      throw e;
    }
  }

  private void begin(Path folder) {
    for (String node : List.of("one", "two")) {
      replicas.add(new Replica(folder.resolve(node), schema, redis.port(), INTERVAL));
    }
    Rest rest = replicas.getFirst().process.rest();
    assertThat(rest.send("POST", "/api/v1/import", fleet()).status()).isEqualTo(200);
    String healthy = "SELECT count(*) FROM %s.mcp_servers WHERE health_status = 'healthy'";
    await("all healthy", () -> number(healthy) == SERVERS);
    await(
        "fair shares",
        () -> replicas.stream().allMatch(each -> Math.abs(owned(each).size() - SERVERS / 2) <= 1));
    replicas.forEach(each -> shares.put(each, owned(each)));
  }

  /** The servers that this one looks at. */
  List<Integer> own(Replica replica) {
    return Objects.requireNonNull(shares.get(replica));
  }

  /** The servers that another replica looks at. */
  List<Integer> others(Replica replica) {
    return shares.entrySet().stream()
        .filter(each -> each.getKey() != replica)
        .flatMap(each -> each.getValue().stream())
        .toList();
  }

  /** Breaks or mends servers: {@code down} or {@code none}. */
  void order(List<Integer> chosen, String order) throws IOException {
    servers.control(chosen.stream().map(i -> i + " " + order).collect(Collectors.joining("\n")));
  }

  /** Whether both say that of themselves. */
  boolean all(String state) {
    return replicas.stream().allMatch(each -> each.state().equals(state));
  }

  /** Does something to Redis by a connection of its own. */
  void tell(Consumer<Jedis> order) {
    try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
      order.accept(jedis);
    }
  }

  /** The ids of the journal's events in the stream, in its order. */
  List<Long> stream() {
    try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
      return Streams.journaled(jedis);
    }
  }

  /** The ids of the journal's events behind one. */
  List<Long> journal(long after) {
    String ids =
        Postgres.ask(
            "SELECT string_agg(id::text, ' ' ORDER BY id) FROM %s.events WHERE id > %d"
                .formatted(schema, after));
    return Stream.of(ids.split(" ", -1)).map(Long::valueOf).toList();
  }

  /** The journal's newest event. */
  long newest() {
    return number("SELECT max(id) FROM %s.events");
  }

  /** The answer to a query, which names the schema {@code %s}. */
  long number(String query) {
    return Long.parseLong(Postgres.ask(query.formatted(schema)));
  }

  static void await(String what, Callable<Boolean> until) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(until);
  }

  private List<Integer> owned(Replica replica) {
    String id =
        Rest.list(replica.process.rest().get("/api/v1/nodes").path("nodes")).stream()
            .filter(node -> node.path("here").asBoolean())
            .map(node -> node.path("id").asString())
            .findFirst()
            .orElseThrow();
    String names =
        Postgres.ask(
            "SELECT string_agg(name, ' ' ORDER BY name) FROM %s.mcp_servers WHERE owner = '%s'"
                .formatted(schema, id));
    return Stream.of(names.split(" ", -1))
        .filter(name -> !name.isEmpty())
        .map(name -> Integer.valueOf(name.substring("server-".length())))
        .toList();
  }

  private String fleet() {
    ObjectNode file = Rest.JSON.createObjectNode();
    ObjectNode listed = file.putObject("mcpServers");
    var addresses = servers.servers();
    for (int i = 0; i < SERVERS; i++) {
      listed.putObject("server-" + i).put("url", addresses.get(i).toString());
    }
    return file.toString();
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
    servers.close();
    redis.close();
    Postgres.dropSchema(schema);
  }
}
