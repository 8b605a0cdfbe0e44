package dev.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.RunningApp.Feed;
import dev.pharos.cli.Cli;
import dev.pharos.cli.Looker;
import dev.pharos.cli.Shell;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.testing.Postgres;
import dev.pharos.trace.Ticker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pharos migrate}, from one monitor to the next. */
class MigrateIT {
  private static final String CANARY = "canary-0f3b";

  @TempDir private Path temp;

  private final String schema = Postgres.newSchema();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void drop() {
    Postgres.dropSchema(schema);
  }

  @Test
  void a_monitor_shows_the_same_after_the_move() {
    Path data = temp.resolve("data");
    Map<String, String> before = new HashMap<>();
    List<String> paths =
        List.of(
            "api/v1/servers/kept/spans?to=2100-01-01T00:00:00Z",
            "api/v1/servers/kept/capabilities",
            "api/v1/servers/kept/capabilities/changes",
            "api/v1/events?cursor=0",
            "api/v1/config/retention");
    try (FakeMcpServer server = FakeMcpServer.start().tools(3)) {
      try (RunningApp app = new RunningApp(data)) {
        Feed feed = app.feed();
        String body =
            "{\"name\":\"kept\",\"url\":\"%s\",\"auth_type\":\"bearer\",\"auth_config\":{\"token\":\"%s\"}}"
                .formatted(server.url(), CANARY);
        assertThat(app.send("POST", "api/v1/servers", body).statusCode()).isEqualTo(201);
        feed.change("kept");
        paths.forEach(each -> before.put(each, body(app, each)));
        assertThat(run("migrate", "--from", data.toString(), "--to", Postgres.url())).isEqualTo(1);
        assertThat(err.toString()).contains("is in use by another running Pharos");
      }
      assertThat(move(data)).as(err.toString()).isZero();
      assertThat(out.toString())
          .contains("mcp_servers               1 rows copied", "1 rows compared")
          .contains("Moved 1 servers,", "counts and checksums agree")
          .contains("PHAROS_DATABASE_SCHEMA=" + schema)
          .doesNotContain("password");
      Map<String, String> environment =
          Map.of("PHAROS_DATABASE_URL", Postgres.url(), "PHAROS_DATABASE_SCHEMA", schema);
      try (RunningApp app = new RunningApp(data, environment, null)) {
        assertThat(app.get("api/v1/servers/kept").path("health_status").asString(""))
            .isEqualTo("healthy");
        for (String each : paths) {
          assertThat(body(app, each)).as(each).isEqualTo(before.get(each));
        }
      }
    }
    assertThat(Postgres.ask("SELECT auth_config FROM %s.mcp_servers".formatted(schema)))
        .startsWith("v1.");
    assertThat(out.toString() + err).doesNotContain(CANARY);
  }

  @Test
  void a_second_run_says_that_it_is_done() {
    Path data = temp.resolve("data");
    new RunningApp(data).close();
    assertThat(move(data)).as(err.toString()).isZero();
    assertThat(move(data)).isZero();
    assertThat(out.toString()).contains("All of it was moved before; nothing was done.");
  }

  @Test
  void arguments_that_cannot_be_used_are_told() {
    String folder = temp.toString();
    assertTold(2, "--from: there is no folder /no/such", "--from", "/no/such", "--to", "x");
    assertTold(2, "Missing required option: '--from=DIR'", "--to", "x");
    assertTold(2, "--to: say where", "--from", folder);
    assertTold(2, "--to: is no address", "--from", folder, "--to", "jdbc:mysql://" + CANARY);
    assertTold(
        2, "database_schema", "--from", folder, "--to", Postgres.url(), "--schema", "Not; good");
    assertTold(1, "has no embedded database", "--from", folder, "--to", Postgres.url());
  }

  @Test
  void a_database_that_cannot_be_reached_is_told() {
    Path data = temp.resolve("data");
    new RunningApp(data).close();
    assertTold(
        1,
        "PostgreSQL at 127.0.0.1:1 cannot be reached: it refused the connection",
        "--from",
        data.toString(),
        "--to",
        "jdbc:postgresql://127.0.0.1:1/x?user=u&password=" + CANARY);
  }

  @Test
  void a_schema_in_use_is_told() {
    Path data = temp.resolve("data");
    new RunningApp(data).close();
    Path other = temp.resolve("other");
    Map<String, String> environment =
        Map.of("PHAROS_DATABASE_URL", Postgres.url(), "PHAROS_DATABASE_SCHEMA", schema);
    try (RunningApp app = new RunningApp(other, environment, null)) {
      app.send("POST", "api/v1/servers", "{\"name\":\"theirs\",\"url\":\"http://127.0.0.1:1/\"}");
    }
    assertThat(move(data)).isEqualTo(1);
    assertThat(err.toString()).contains("is in use, its table mcp_servers is not empty");
  }

  /** Without what the hour of asking changes. */
  private static String body(RunningApp app, String path) {
    return app.get(path).toString().replaceAll("\"seconds\":[0-9.]+|\"cached_at\":\"[^\"]+\"", "");
  }

  private int move(Path data) {
    return run("migrate", "--from", data.toString(), "--to", "env:TARGET", "--schema", schema);
  }

  private void assertTold(int code, String sentence, String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "migrate";
    System.arraycopy(options, 0, args, 1, options.length);
    assertThat(run(args)).isEqualTo(code);
    assertThat(err.toString()).contains("pharos migrate: ", sentence).doesNotContain(CANARY);
    assertThat(err.toString().lines().filter(each -> each.contains("at dev."))).isEmpty();
  }

  private int run(String... args) {
    Looker none =
        (_, _) -> {
          throw new AssertionError("nothing is to be looked at here");
        };
    Shell shell =
        new Shell(
            new PrintWriter(out),
            new PrintWriter(err),
            false,
            false,
            StandardCharsets.UTF_8,
            Map.of("TARGET", Postgres.url()),
            Ticker.system());
    return new Cli(none, new LocalMonitors(InstantSource.system(), Ticker.system()), shell)
        .run(args);
  }
}
