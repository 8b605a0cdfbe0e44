package dev.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.Postgres;
import dev.pharos.testing.simulator.SimulatorProcess;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How long the page with the whole fleet takes, with a month of history of 2,000 servers. */
class PostgresFleetPageIT {
  private static final int SERVERS = 2_000;
  private static final int SPANS = 60;
  private static final int HOURS = 24 * 30;
  private static final int LOOKS = 40;
  private static final String PAGE = "api/v1/servers?limit=2000";

  @TempDir private Path data;
  private final String schema = Postgres.newSchema();

  @AfterEach
  void drop() {
    Postgres.dropSchema(schema);
  }

  @Test
  void a_month_of_two_thousand_servers() throws Exception {
    try (SimulatorProcess simulator = SimulatorProcess.start(SERVERS, "tools=1", "no-streams")) {
      try (RunningApp app = new RunningApp(data, environment(), null)) {
        long begun = System.nanoTime();
        assertThat(app.send("POST", "api/v1/import", fleet(simulator)).statusCode()).isEqualTo(200);
        System.out.printf(
            "%d servers registered in one request: %d ms%n",
            SERVERS, (System.nanoTime() - begun) / 1_000_000);
        Awaitility.await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> number("%s.mcp_servers WHERE health_status = 'healthy'") == SERVERS);
      }
      fill();
      try (RunningApp app = new RunningApp(data, environment(), null)) {
        time("fleet page, the first time", app, "listServers", PAGE, 1);
        time("fleet page, while the program warms up", app, "listServers", PAGE, 60);
        Times page = time("fleet page", app, "listServers", PAGE, 100);
        // What a browser does with it is not in the client's time.
        time("fleet page, compressed", app, "listServers", PAGE, 60, "Accept-Encoding", "gzip");
        Times summary = time("summary", app, "getSummary", "api/v1/summary", 30);
        Times month =
            time(
                "one server's month by hours",
                app,
                "getHistory",
                "api/v1/servers/server-7/history?step=1h&from="
                    + Instant.now().minus(Duration.ofDays(29)),
                30);
        Times uptime =
            time("one server's uptime", app, "getUptime", "api/v1/servers/server-7/uptime", 30);
        // Promised are 50 on a machine that does nothing else.
        assertThat(Stream.of(page, summary, month, uptime))
            .allSatisfy(each -> assertThat(each.worst()).isLessThan(1_000));
      }
    }
  }

  /** A month of spans and roll-ups before what is there, and as many looks as a list shows. */
  private void fill() {
    Postgres.run(
        "DELETE FROM %s.mcp_status_spans WHERE ended_at IS NOT NULL".formatted(schema),
        """
        INSERT INTO %1$s.mcp_status_spans (server_id, began_at, ended_at, state)
        SELECT p.server_id, p.began_at - g * INTERVAL '12 hours',
          p.began_at - (g - 1) * INTERVAL '12 hours',
          CASE WHEN g %% 2 = 0 THEN 'healthy' ELSE 'unhealthy' END
        FROM %1$s.mcp_status_spans p, generate_series(1, %2$d) g
        """
            .formatted(schema, SPANS),
        """
        INSERT INTO %1$s.mcp_rollup_1h
        SELECT date_trunc('hour', now()) - g * INTERVAL '1 hour', s.id, 5, '', 60, 6000, 50, 200
        FROM generate_series(1, %2$d) g, %1$s.mcp_servers s
        """
            .formatted(schema, HOURS),
        """
        INSERT INTO %1$s.mcp_health_logs
          (checked_at, server_id, previous_at, status, response_time_us, stages)
        SELECT s.last_health_check - g * INTERVAL '1 millisecond', s.id,
          s.last_health_check - (g + 1) * INTERVAL '1 millisecond', 'healthy', 1234 + g,
          '{"http":812,"list":422}'
        FROM generate_series(1, %2$d) g, %1$s.mcp_servers s
        """
            .formatted(schema, LOOKS),
        """
        UPDATE %1$s.mcp_health_logs l
        SET previous_at = l.checked_at - INTERVAL '1 millisecond'
        FROM %1$s.mcp_servers s WHERE s.id = l.server_id AND s.last_health_check = l.checked_at
        """
            .formatted(schema),
        "ANALYZE %s.mcp_health_logs".formatted(schema),
        "ANALYZE %s.mcp_status_spans".formatted(schema),
        "ANALYZE %s.mcp_rollup_1h".formatted(schema));
  }

  /** What the server took and what its client waited for, in milliseconds, one after the other. */
  private record Times(List<Double> server, List<Double> client) {
    double worst() {
      return Math.max(median(server), median(client));
    }

    static double median(List<Double> took) {
      return took.stream().sorted().toList().get(took.size() / 2);
    }

    static String text(List<Double> took) {
      return String.format(
          Locale.ROOT,
          "%.1f ms (%.1f to %.1f)",
          median(took),
          Collections.min(took),
          Collections.max(took));
    }
  }

  private static Times time(
      String what, RunningApp app, String operation, String path, int times, String... headers) {
    Times took = new Times(new ArrayList<>(), new ArrayList<>());
    int length = 0;
    for (int i = 0; i < times; i++) {
      double before = served(app, operation, "sum");
      double count = served(app, operation, "count");
      long begun = System.nanoTime();
      var answer = app.send("GET", path, null, headers);
      took.client().add((System.nanoTime() - begun) / 1e6);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      Awaitility.await().until(() -> served(app, operation, "count") > count);
      took.server().add((served(app, operation, "sum") - before) * 1e3);
      length = answer.body().length();
    }
    System.out.printf(
        Locale.ROOT,
        "%s, %d bytes, %d times: server %s, client %s; load %.1f%n",
        what,
        length,
        times,
        Times.text(took.server()),
        Times.text(took.client()),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    return took;
  }

  /** What the program itself measured of a route. */
  private static double served(RunningApp app, String operation, String which) {
    String name = "pharos_http_requests_seconds_" + which + "{operation=\"" + operation + "\"";
    return app.send("GET", "metrics", null)
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private long number(String from) {
    return Long.parseLong(Postgres.ask("SELECT COUNT(*) FROM " + from.formatted(schema)));
  }

  private Map<String, String> environment() {
    return Map.of(
        "PHAROS_DATABASE_URL",
        Postgres.url(),
        "PHAROS_DATABASE_SCHEMA",
        schema,
        "PHAROS_HEALTH_CHECK_INTERVAL_SECONDS",
        "3600",
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
}
