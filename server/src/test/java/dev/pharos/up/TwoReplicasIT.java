package dev.pharos.up;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.FaultProxy;
import dev.pharos.testing.Postgres;
import dev.pharos.testing.simulator.SimulatorProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a person meets whose requests go to one replica and then to another. */
class TwoReplicasIT {
  private static final String PASSWORD = "correct horse battery";
  private static final String ALL = "/api/v1/servers/check";
  private static final int SERVERS = 300;

  private final String schema = Postgres.newSchema();
  private final FaultProxy wayOfA = FaultProxy.to(Postgres.port());
  private final Person person = new Person();
  private @Nullable PharosProcess processA;
  private @Nullable PharosProcess processB;

  @TempDir private Path folder;

  @AfterEach
  void end() {
    person.close();
    for (PharosProcess each : new PharosProcess[] {processA, processB}) {
      if (each != null) {
        each.close();
      }
    }
    wayOfA.close();
    Postgres.dropSchema(schema);
  }

  private PharosProcess up(String node, int port, Map<String, String> more) {
    return PharosProcess.up(folder.resolve(node), environment(port, more));
  }

  private Map<String, String> environment(int port, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("PHAROS_DATABASE_URL", Postgres.url(port));
    all.put("PHAROS_DATABASE_SCHEMA", schema);
    all.put("PHAROS_SECRET_KEY", "a key that all replicas have");
    all.put("PHAROS_HEALTH_CHECK_INTERVAL_SECONDS", "3600");
    all.put("PHAROS_HEALTH_CHECK_ADAPTIVE", "false");
    return all;
  }

  private void start(Map<String, String> more) {
    processA = up("a", wayOfA.port(), more);
    processB = up("b", Postgres.port(), more);
  }

  private URI a() {
    return Objects.requireNonNull(processA).address();
  }

  private URI b() {
    return Objects.requireNonNull(processB).address();
  }

  @Test
  void a_login_is_good_at_both_until_the_logout_at_either() throws Exception {
    start(Map.of("PHAROS_ADMIN_PASSWORD", PASSWORD));
    assertThat(person.look(b())).isEqualTo(401);
    assertThat(person.login(a(), PASSWORD)).isEqualTo(200);
    assertThat(person.look(b())).isEqualTo(200);
    assertThat(person.get(b(), "/api/v1/session").path("logged_in").asBoolean()).isTrue();
    String server = "{\"name\":\"nobody\",\"url\":\"http://127.0.0.1:9/mcp\"}";
    assertThat(person.send(b(), "POST", "/api/v1/servers", server).statusCode()).isEqualTo(201);

    Objects.requireNonNull(processA).kill();
    processA = up("a", wayOfA.port(), Map.of("PHAROS_ADMIN_PASSWORD", PASSWORD));
    assertThat(person.look(a())).as("after kill -9 and a start").isEqualTo(200);

    wayOfA.refuse();
    wayOfA.cut();
    for (int look = 0; look < 3; look++) {
      assertThat(person.look(a())).as("while PostgreSQL is away").isEqualTo(200);
      assertThat(person.get(a(), "/api/v1/session").path("logged_in").asBoolean()).isTrue();
    }
    wayOfA.pass();

    CompletableFuture<Integer> heardAtA = person.listen(a());
    assertThat(person.send(b(), "POST", "/api/v1/logout", "").statusCode()).isEqualTo(204);
    assertThat(person.look(b())).isEqualTo(401);
    soon(Duration.ofSeconds(10), () -> person.look(a()) == 401);
    assertThat(heardAtA.get(15, TimeUnit.SECONDS)).isEqualTo(1008);
  }

  @Test
  void passwd_sets_the_password_of_all_and_another_ends_all_sessions() throws Exception {
    start(Map.of());
    assertThat(person.look(a())).isEqualTo(200);
    passwd("the first password");
    soon(Duration.ofSeconds(10), () -> person.look(a()) == 401 && person.look(b()) == 401);
    assertThat(person.login(a(), "the first password")).isEqualTo(200);
    assertThat(person.look(b())).isEqualTo(200);

    passwd("the second password");
    soon(Duration.ofSeconds(10), () -> person.look(a()) == 401 && person.look(b()) == 401);
    soon(Duration.ofSeconds(10), () -> person.login(b(), "the first password") == 401);
    assertThat(person.login(b(), "the second password")).isEqualTo(200);
    assertThat(person.look(a())).isEqualTo(200);
    assertThat(
            Postgres.ask(
                "SELECT string_agg(l::text, '') FROM %s.login_sessions l".formatted(schema)))
        .doesNotContain("password");
  }

  /** As an operator does, beside monitors that run. */
  private void passwd(String password) throws Exception {
    String jar = Objects.requireNonNull(System.getProperty("pharos.jar"), "run by failsafe");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar,
                "passwd",
                "--stdin",
                "--data",
                folder.resolve("a").toString())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PHAROS_"));
    builder.environment().putAll(environment(Postgres.port(), Map.of()));
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write((password + "\n").getBytes(UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("The password is set.");
  }

  @Test
  void a_refresh_of_all_and_a_running_check_are_seen_from_both() throws Exception {
    try (SimulatorProcess simulator = SimulatorProcess.start(SERVERS, "tools=1", "no-streams")) {
      start(Map.of());
      assertThat(person.send(a(), "POST", "/api/v1/import", fleet(simulator)).statusCode())
          .isEqualTo(200);
      soon(
          Duration.ofSeconds(60),
          () ->
              number("health_status = 'healthy'") == SERVERS
                  && number(
                          "owner IN (SELECT owner FROM %s.mcp_servers GROUP BY 1 HAVING count(*) > 100)")
                      == SERVERS);
      simulator.control("0-" + (SERVERS - 1) + " slow 1500");

      wholeFleet();
      stoppedAtTheOther();
      runningCheck();
      endOfWhoMadeIt();
    }
  }

  private void wholeFleet() {
    String path = ALL + "/" + person.ask(a(), "POST", ALL).path("id").asString();
    JsonNode again = person.ask(b(), "POST", ALL);
    assertThat(ALL + "/" + again.path("id").asString()).isEqualTo(path);
    assertThat(again.path("total").asInt()).isEqualTo(SERVERS);
    TreeSet<Integer> seen = new TreeSet<>();
    soon(
        Duration.ofSeconds(60),
        () -> {
          JsonNode now = person.get(b(), path);
          assertThat(seen.isEmpty() ? 0 : seen.last())
              .isLessThanOrEqualTo(now.path("done").asInt());
          seen.add(now.path("done").asInt());
          return now.path("state").asString().equals("done");
        });
    assertThat(seen.last()).isEqualTo(SERVERS);
    assertThat(seen.headSet(SERVERS)).as("steps that B saw: %s", seen).hasSizeGreaterThan(3);
    assertThat(person.get(a(), path).path("state").asString()).isEqualTo("done");
  }

  private void stoppedAtTheOther() {
    String path = ALL + "/" + person.ask(b(), "POST", ALL).path("id").asString();
    person.ask(a(), "DELETE", path);
    soon(
        Duration.ofSeconds(30),
        () -> person.get(b(), path).path("state").asString().equals("stopped"));
    soon(
        Duration.ofSeconds(5),
        () -> person.get(a(), path).path("state").asString().equals("stopped"));
    assertThat(person.get(a(), path).path("done").asInt()).isLessThan(SERVERS);
  }

  private void runningCheck() {
    URI[] nodes = {a(), b()};
    for (URI asked : nodes) {
      var check =
          CompletableFuture.supplyAsync(
              () -> person.send(asked, "POST", "/api/v1/servers/server-7/check", ""));
      TreeSet<String> shown = new TreeSet<>();
      soon(
          Duration.ofSeconds(20),
          () -> {
            for (URI each : nodes) {
              if (!person
                  .get(each, "/api/v1/servers/server-7/check/stages")
                  .path("stages")
                  .isEmpty()) {
                shown.add(each.toString());
              }
            }
            return shown.size() == 2 || check.isDone();
          });
      assertThat(shown).as("asked at %s", asked).hasSize(2);
      assertThat(check.join().statusCode()).isEqualTo(200);
    }
  }

  private void endOfWhoMadeIt() {
    String path = ALL + "/" + person.ask(a(), "POST", ALL).path("id").asString();
    assertThat(person.get(b(), path).path("state").asString()).isEqualTo("running");
    Objects.requireNonNull(processA).kill();
    soon(
        Duration.ofSeconds(20),
        () -> person.get(b(), path).path("state").asString().equals("stopped"));
    assertThat(person.ask(b(), "POST", ALL).path("state").asString()).isEqualTo("running");
  }

  private int number(String condition) {
    String where = condition.replace("%s", schema);
    return Integer.parseInt(
        Postgres.ask("SELECT COUNT(*) FROM %s.mcp_servers WHERE %s".formatted(schema, where)));
  }

  private static String fleet(SimulatorProcess simulator) {
    ObjectNode file = Rest.JSON.createObjectNode();
    ObjectNode servers = file.putObject("mcpServers");
    var addresses = simulator.servers();
    IntStream.range(0, SERVERS)
        .forEach(i -> servers.putObject("server-" + i).put("url", addresses.get(i).toString()));
    return file.toString();
  }

  private static void soon(Duration most, Callable<Boolean> seen) {
    Awaitility.await()
        .atMost(most)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(seen);
  }
}
