package dev.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.RunningApp.Feed;
import dev.pharos.testing.FakeMcpServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole program, with real servers to watch. */
class AppTest {
  private static final String CANARY = "canary-4d1f-token";
  private static final String SERVERS = "api/v1/servers";

  @TempDir private Path data;

  @Test
  void a_server_that_gets_its_token_is_healthy_at_once_everywhere() {
    try (FakeMcpServer server = asksFor(CANARY);
        RunningApp app = new RunningApp(data)) {
      Feed feed = app.feed();
      add(app, "locked", server, "");
      JsonNode down = feed.change("locked");
      assertThat(down.path("new_status").asString("")).isEqualTo("unhealthy");
      assertThat(down.path("kind").asString("")).isEqualTo("auth_required");
      JsonNode before = app.get(SERVERS + "/locked");
      assertThat(before.path("health_status").asString("")).isEqualTo("unhealthy");

      HttpResponse<String> patched =
          app.send(
              "PATCH",
              SERVERS + "/locked",
              "{\"auth_type\":\"bearer\",\"auth_config\":{\"token\":\"" + CANARY + "\"}}");
      assertThat(patched.statusCode()).isEqualTo(200);
      JsonNode up = feed.next(event -> event.path("new_status").asString("").equals("healthy"));
      assertThat(up.path("mcp_name").asString("")).isEqualTo("locked");

      JsonNode after = app.get(SERVERS + "/locked");
      assertThat(after.path("health_status").asString("")).isEqualTo("healthy");
      assertThat(instant(after, "last_health_check")).isAfter(instant(before, "last_health_check"));
      JsonNode last = app.get(SERVERS + "/locked/logs?limit=1").path("logs").path(0);
      assertThat(last.path("checked_at")).isEqualTo(after.path("last_health_check"));
      assertThat(last.path("health_status").asString("")).isEqualTo("healthy");
    }
  }

  @Test
  void a_secret_is_seen_nowhere_though_the_server_repeats_it() {
    try (FakeMcpServer server = repeats();
        RunningApp app = new RunningApp(data)) {
      Feed feed = app.feed();
      add(
          app,
          "parrot",
          server,
          ",\"auth_type\":\"bearer\",\"auth_config\":{\"token\":\"" + CANARY + "\"}");
      feed.change("parrot");
      app.send("POST", SERVERS + "/parrot/check", null);
      app.send("POST", SERVERS + "/parrot/tools/echo/call", "{\"arguments\":{}}");

      for (String path :
          List.of(
              SERVERS,
              SERVERS + "/parrot",
              SERVERS + "/parrot/logs",
              SERVERS + "/parrot/spans",
              SERVERS + "/parrot/capabilities",
              "api/v1/mcp/tools/servers",
              "api/v1/mcp/tools/health/parrot",
              "api/v1/events",
              "api/v1/summary",
              "api/v1/export",
              "metrics",
              "probe?target=" + server.url())) {
        assertThat(app.send("GET", path, null).body()).as(path).isNotEmpty().doesNotContain(CANARY);
      }
      assertThat(feed.rest()).asString().doesNotContain(CANARY);
    }
  }

  @Test
  void of_a_fetched_token_only_its_end_is_told() {
    try (FakeMcpServer server = asksFor(CANARY);
        RunningApp app = new RunningApp(data)) {
      server.page(
          "/token",
          x ->
              x.answer(
                  200,
                  "application/json",
                  "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                      .formatted(CANARY)));
      Feed feed = app.feed();
      Instant begun = Instant.now();
      add(
          app,
          "signed-in",
          server,
          (",\"auth_type\":\"oauth_client_credentials\",\"auth_config\":{\"client_id\":\"me\","
                  + "\"client_secret\":\"s\",\"token_url\":\"%s\"}")
              .formatted(server.url("/token")));
      assertThat(feed.change("signed-in").path("new_status").asString("")).isEqualTo("healthy");

      JsonNode seen = app.get(SERVERS + "/signed-in");
      assertThat(instant(seen, "token_expires_at"))
          .isBetween(begun.plusSeconds(3_590), Instant.now().plusSeconds(3_600));
      assertThat(seen.toString() + app.get(SERVERS + "/signed-in/logs") + feed.rest())
          .doesNotContain(CANARY);
    }
  }

  @Test
  void what_was_seen_survives_a_restart() {
    try (FakeMcpServer server = FakeMcpServer.start().tools(3)) {
      JsonNode before;
      try (RunningApp app = new RunningApp(data)) {
        Feed feed = app.feed();
        add(app, "kept", server, "");
        feed.change("kept");
        before = app.get(SERVERS + "/kept");
      }
      assertThat(server.ended()).as("sessions ended at the stop").isEqualTo(server.opened());
      try (RunningApp app = new RunningApp(data)) {
        JsonNode after = app.get(SERVERS + "/kept");
        assertThat(after.path("health_status").asString("")).isEqualTo("healthy");
        assertThat(after.path("health_since")).isEqualTo(before.path("health_since"));
        assertThat(after.path("tool_count").asInt()).isEqualTo(3);
        assertThat(app.get("api/v1/events").path("events").size()).isEqualTo(2);
      }
    }
  }

  @Test
  void a_disabled_server_is_left_alone_until_it_is_enabled() {
    try (FakeMcpServer server = FakeMcpServer.start();
        RunningApp app = new RunningApp(data)) {
      Feed feed = app.feed();
      add(app, "resting", server, "");
      feed.change("resting");
      JsonNode off = RunningApp.json(app.send("POST", SERVERS + "/resting/disable", null));
      assertThat(off.path("status").asString("")).isEqualTo("inactive");
      assertThat(off.path("health_status").asString("")).isEqualTo("unknown");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(server.open()).isZero());
      assertThat(app.get("api/v1/summary").path("counts").path("inactive").asInt()).isEqualTo(1);

      app.send("POST", SERVERS + "/resting/enable", null);
      JsonNode on = feed.next(event -> event.path("new_status").asString("").equals("healthy"));
      assertThat(on.path("mcp_name").asString("")).isEqualTo("resting");
      assertThat(app.get(SERVERS + "/resting").path("status").asString("")).isEqualTo("active");
    }
  }

  @Test
  void a_server_that_was_given_up_is_edited_and_enabled_like_any_other() {
    try (RunningApp app = new RunningApp(data)) {
      app.send("PUT", "api/v1/config/circuit_breaker", "{\"failure_threshold\":2}");
      app.send(
          "PUT",
          "api/v1/config/circuit_breaker",
          "{\"timeout_seconds\":1,\"max_failure_cycles\":1}");
      app.send("PUT", "api/v1/config/health_check", "{\"unhealthy_interval_seconds\":1}");
      Feed feed = app.feed();
      app.send("POST", SERVERS, "{\"name\":\"gone\",\"url\":\"http://127.0.0.1:9/mcp\"}");
      feed.next(event -> event.path("type").asString("").equals("mcp_auto_disabled"));
      JsonNode given = app.get(SERVERS + "/gone");
      assertThat(given.path("status").asString("")).isEqualTo("inactive");
      assertThat(given.path("auto_disabled_reason").asString("")).isNotEmpty();

      HttpResponse<String> edited =
          app.send(
              "PATCH",
              SERVERS + "/gone",
              "{\"description\":\"still here\",\"version\":" + given.path("version") + "}");
      assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
      assertThat(app.get(SERVERS + "/gone").path("status").asString("")).isEqualTo("inactive");

      try (FakeMcpServer server = FakeMcpServer.start()) {
        app.send("PATCH", SERVERS + "/gone", "{\"url\":\"" + server.url() + "\"}");
        app.send("POST", SERVERS + "/gone/enable", null);
        feed.next(event -> event.path("new_status").asString("").equals("healthy"));
        JsonNode back = app.get(SERVERS + "/gone");
        assertThat(back.path("status").asString("")).isEqualTo("active");
        assertThat(back.path("description").asString("")).isEqualTo("still here");
        assertThat(back.path("auto_disabled_at").isNull()).isTrue();
      }
    }
  }

  @Test
  void once_a_password_is_set_nothing_is_told_without_it() {
    Map<String, String> environment = Map.of("PHAROS_ADMIN_PASSWORD", "correct horse battery");
    try (RunningApp app = new RunningApp(data, environment, null)) {
      assertThat(app.send("GET", SERVERS, null).statusCode()).isEqualTo(401);
      assertThat(app.send("GET", "metrics", null).statusCode()).isEqualTo(401);
      assertThat(app.send("GET", "health/live", null).statusCode()).isEqualTo(200);
      HttpResponse<String> login =
          app.send("POST", "api/v1/login", "{\"password\":\"correct horse battery\"}");
      assertThat(login.statusCode()).isLessThan(300);
      String cookies =
          login.headers().allValues("Set-Cookie").stream()
              .map(cookie -> cookie.split(";", 2)[0])
              .reduce((one, other) -> one + "; " + other)
              .orElseThrow();
      assertThat(app.send("GET", SERVERS, null, "Cookie", cookies).statusCode()).isEqualTo(200);
    }
  }

  private static void add(RunningApp app, String name, FakeMcpServer server, String more) {
    HttpResponse<String> added =
        app.send(
            "POST",
            SERVERS,
            "{\"name\":\"" + name + "\",\"url\":\"" + server.url() + "\"" + more + "}");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
  }

  private static FakeMcpServer asksFor(String token) {
    return FakeMcpServer.start()
        .gate(request ->
            ("Bearer " + token).equals(request.header("Authorization"))
                ? null
                : exchange ->
                    exchange
                        .header("WWW-Authenticate: Bearer realm=\"test\"")
                        .answer(401, "text/plain", "who are you?"));
  }

  /** Tells everybody what it was told. */
  private static FakeMcpServer repeats() {
    return FakeMcpServer.start()
        .on(
            "tools/list",
            exchange ->
                exchange.error(
                    -32603, "no rights for " + exchange.request().header("Authorization")));
  }

  private static Instant instant(JsonNode json, String field) {
    return Instant.parse(json.path(field).asString(""));
  }
}
