package dev.pharos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pharos.RunningApp.Feed;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole program on PostgreSQL, as one node. */
class PostgresAppIT {
  private static final String SERVERS = "api/v1/servers";

  @TempDir private Path data;

  private final String schema = Postgres.newSchema();
  private final Map<String, String> environment =
      Map.of("PHAROS_DATABASE_URL", Postgres.url(), "PHAROS_DATABASE_SCHEMA", schema);

  @AfterEach
  void drop() {
    Postgres.dropSchema(schema);
  }

  @Test
  void a_fleet_lives_in_the_schema_and_survives_a_restart() {
    try (FakeMcpServer server = FakeMcpServer.start().tools(3)) {
      JsonNode before;
      try (RunningApp app = new RunningApp(data, environment, null)) {
        Feed feed = app.feed();
        String body = "{\"name\":\"kept\",\"url\":\"%s\"}".formatted(server.url());
        assertThat(app.send("POST", SERVERS, body).statusCode()).isEqualTo(201);
        assertThat(feed.change("kept").path("new_status").asString("")).isEqualTo("healthy");
        before = app.get(SERVERS + "/kept");
        assertThat(before.path("tool_count").asInt()).isEqualTo(3);
      }
      assertThat(row("health_status || ' ' || (auth_config IS NULL)")).isEqualTo("healthy true");
      assertThat(row("to_char(last_health_check AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')"))
          .isEqualTo(before.path("last_health_check").asString("").substring(0, 19));
      try (RunningApp app = new RunningApp(data, environment, null)) {
        JsonNode after = app.get(SERVERS + "/kept");
        assertThat(after.path("health_since")).isEqualTo(before.path("health_since"));
        assertThat(app.get("api/v1/events").path("events").size()).isEqualTo(2);
      }
    }
    assertThat(data.resolve("pharos.db")).doesNotExist();
    assertThat(Files.exists(data.resolve("secret.key"))).isTrue();
  }

  @Test
  void every_route_that_reads_answers() {
    try (FakeMcpServer server = FakeMcpServer.start().tools(2);
        RunningApp app = new RunningApp(data, environment, null)) {
      Feed feed = app.feed();
      app.send("POST", SERVERS, "{\"name\":\"a\",\"url\":\"%s\"}".formatted(server.url()));
      feed.change("a");
      for (String path :
          List.of(
              SERVERS,
              SERVERS + "?sort=name&health=healthy",
              SERVERS + "/a",
              SERVERS + "/a/logs",
              SERVERS + "/a/history?step=5m",
              SERVERS + "/a/uptime",
              SERVERS + "/a/spans",
              SERVERS + "/a/capabilities",
              SERVERS + "/a/capabilities/changes",
              "api/v1/mcp/tools/servers",
              "api/v1/summary",
              "api/v1/events?cursor=0",
              "api/v1/config/retention",
              "api/v1/export",
              "health/ready",
              "metrics")) {
        assertThat(app.send("GET", path, null).statusCode()).as(path).isEqualTo(200);
      }
      assertThat(app.send("PUT", "api/v1/config/retention", "{\"log_days\":9}").statusCode())
          .isEqualTo(200);
      assertThat(app.send("PATCH", SERVERS + "/a", "{\"name\":\"b\"}").statusCode()).isEqualTo(200);
      assertThat(app.send("DELETE", SERVERS + "/b", null).statusCode()).isEqualTo(204);
      assertThat(app.get(SERVERS).path("total").asInt(-1)).isZero();
    }
  }

  /** As people who have such a table from the system before are used to. */
  @Test
  void what_a_person_changes_in_the_table_is_looked_at_at_once_and_secrets_are_sealed() {
    assumeThat(Postgres.ask("SELECT to_regnamespace('omni2')")).isEmpty();
    Map<String, String> omni = new HashMap<>(environment);
    omni.put("PHAROS_DATABASE_SCHEMA", "omni2");
    omni.put("PHAROS_HEALTH_CHECK_INTERVAL_SECONDS", "3600");
    try (FakeMcpServer before = FakeMcpServer.start().tools(1);
        FakeMcpServer after = FakeMcpServer.start().tools(2);
        RunningApp app = new RunningApp(data, omni, null)) {
      Feed feed = app.feed();
      app.send("POST", SERVERS, "{\"name\":\"mine\",\"url\":\"%s\"}".formatted(before.url()));
      feed.change("mine");
      assertThat(omni("health_status")).isEqualTo("healthy");
      assertThat(omni("last_health_check")).isNotEmpty();
      assertThat(omni("auth_config")).isEmpty();

      edit("url = '" + after.url() + "'");
      await(() -> !after.requests("tools/list").isEmpty());
      await(() -> app.get(SERVERS + "/mine").path("tool_count").asInt() == 2);

      edit("auth_type = 'bearer', auth_config = '{\"token\":\"canary-5d1c\"}'");
      await(() ->
          after.requests().stream()
              .anyMatch(each -> "Bearer canary-5d1c".equals(each.header("Authorization"))));
      await(() -> omni("auth_config").startsWith("v1."));
      assertThat(omni("auth_config")).doesNotContain("canary");
      assertThat(omni("health_status")).isEqualTo("healthy");
    } finally {
      Postgres.dropSchema("omni2");
    }
  }

  private static void edit(String set) {
    Postgres.run("UPDATE omni2.mcp_servers SET " + set + " WHERE name = 'mine'");
  }

  /** A column of the very query that people have. */
  private static String omni(String column) {
    return Postgres.ask(
        """
        SELECT %s FROM (
          SELECT name, health_status, last_health_check, auth_config
          FROM omni2.mcp_servers WHERE name = 'mine') AS theirs
        """
            .formatted(column));
  }

  /** As is promised. */
  private static void await(Callable<Boolean> seen) {
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(seen);
  }

  private String row(String columns) {
    return Postgres.ask(
        "SELECT %s FROM %s.mcp_servers WHERE name = 'kept'".formatted(columns, schema));
  }
}
