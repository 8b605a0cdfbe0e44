package dev.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.Postgres;
import dev.pharos.testing.simulator.SimulatorProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
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
        assertThat(app.send("POST", "api/v1/import", fleet(simulator)).statusCode()).isEqualTo(200);
        Awaitility.await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> number("%s.mcp_servers WHERE health_status = 'healthy'") == SERVERS);
      }
      fill();
      try (RunningApp app = new RunningApp(data, environment(), null)) {
        time("fleet page, the first time", app, "api/v1/servers?limit=2000", 1);
        time("fleet page, while the program warms up", app, "api/v1/servers?limit=2000", 60);
        double page = time("fleet page", app, "api/v1/servers?limit=2000", 30);
        double summary = time("summary", app, "api/v1/summary", 30);
        double month =
            time(
                "one server's month by hours",
                app,
                "api/v1/servers/server-7/history?step=1h&from="
                    + Instant.now().minus(Duration.ofDays(29)),
                30);
        double uptime = time("one server's uptime", app, "api/v1/servers/server-7/uptime", 30);
        // Promised are 50 on a machine that does nothing else.
        assertThat(Math.max(Math.max(page, month), Math.max(summary, uptime))).isLessThan(1_000);
      }
    }
  }

  /** A month of spans and roll-ups before what is there. */
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
        "ANALYZE %s.mcp_status_spans".formatted(schema),
        "ANALYZE %s.mcp_rollup_1h".formatted(schema));
  }

  /** The median in milliseconds, as a client of this machine sees it. */
  private static double time(String what, RunningApp app, String path, int times) {
    double[] took = new double[times];
    int length = 0;
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      var answer = app.send("GET", path, null);
      took[i] = (System.nanoTime() - begun) / 1e6;
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      length = answer.body().length();
    }
    Arrays.sort(took);
    double median = took[times / 2];
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f ms (fastest %.1f, slowest %.1f; %d bytes)%n",
        what,
        median,
        took[0],
        took[times - 1],
        length);
    return median;
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
