package dev.pharos.http;

import static dev.pharos.http.WebFixture.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Definitions in and out. */
class ImportExportTest {
  private static final String CLIENT_FILE =
      """
      {"mcpServers": {
        "web": {"url": "https://web.test/mcp", "headers": {"Authorization": "Bearer open sesame"}},
        "local": {"command": "npx", "args": ["-y", "toy"], "env": {"KEY": "open sesame"}},
        "off": {"url": "https://off.test/", "disabled": true}
      }}
      """;

  private WebFixture web;

  @BeforeEach
  void start() {
    web = new WebFixture();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private HttpResponse<String> take(String body, String type, boolean dryRun) {
    return web.send("POST", "/api/v1/import?dry_run=" + dryRun, body, "Content-Type", type);
  }

  private static List<String> words(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  @Test
  void a_dry_run_says_what_would_be_and_changes_nothing() {
    JsonNode plan = WebFixture.json(take(CLIENT_FILE, "application/json", true));

    assertThat(plan.path("dry_run").asBoolean()).isTrue();
    assertThat(words(plan.path("added"))).containsExactlyInAnyOrder("web", "local");
    assertThat(plan.path("left_out").size()).isEqualTo(1);
    assertThat(plan.toString()).doesNotContain("sesame");
    assertThat(web.fleet.all()).isEmpty();
    assertThat(web.fleet.newest()).isZero();
  }

  @Test
  void taking_it_twice_changes_nothing_the_second_time() {
    JsonNode first = WebFixture.json(take(CLIENT_FILE, "application/json", false));
    JsonNode second = WebFixture.json(take(CLIENT_FILE, "application/json", false));

    assertThat(words(first.path("added"))).hasSize(2);
    assertThat(words(second.path("unchanged"))).containsExactlyInAnyOrder("web", "local");
    assertThat(words(second.path("added"))).isEmpty();
    assertThat(web.fleet.newest()).isEqualTo(2);
  }

  @Test
  void what_is_exported_and_imported_again_changes_nothing() {
    take(CLIENT_FILE, "application/json", false);
    web.ok("PATCH", "/api/v1/servers/web", "{\"tags\":[\"a: b\"],\"description\":\"two\\nlines\"}");
    HttpResponse<String> file = web.get("/api/v1/export");
    JsonNode plan = WebFixture.json(take(file.body(), "application/yaml", false));

    assertThat(file.body()).doesNotContain("sesame").contains("••••");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"pharos.yaml\"");
    assertThat(words(plan.path("unchanged"))).containsExactlyInAnyOrder("web", "local");
    assertThat(plan.path("changed").size() + plan.path("added").size()).isZero();
    assertThat(web.get("/api/v1/export").body()).isEqualTo(file.body());
  }

  @Test
  void a_change_is_told_by_its_fields() {
    take(CLIENT_FILE, "application/json", false);
    String other = CLIENT_FILE.replace("web.test", "elsewhere.test").replace("sesame", "barley");
    JsonNode plan = WebFixture.json(take(other, "application/json", true));

    JsonNode changed = plan.path("changed");
    assertThat(changed.findValuesAsString("name")).containsExactlyInAnyOrder("web", "local");
    assertThat(changed.toString()).contains("\"url\"", "\"env\"").doesNotContain("barley");
  }

  @Test
  void one_mistake_and_nothing_is_taken() {
    String file = "servers: [{name: good, url: 'http://h.test/'}, {name: bad, url: 'ftp://h/'}]";
    HttpResponse<String> answer = take(file, "application/yaml", false);
    JsonNode plan = WebFixture.json(take(file, "application/yaml", true));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(wrong(answer)).containsExactly("servers[1].url");
    assertThat(web.fleet.all()).isEmpty();
    assertThat(plan.path("problems").path(0).path("field").asString()).isEqualTo("servers[1].url");
    assertThat(words(plan.path("added"))).containsExactly("good");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/yaml", "application/x-yaml", "application/octet-stream"})
  void the_usual_names_of_yaml_are_taken(String type) {
    assertThat(take("servers: []", type, false).statusCode()).isEqualTo(200);
  }

  @Test
  void a_file_sees_nothing_of_this_machine() {
    String file =
        "servers: [{name: a, url: 'http://h.test/', headers: {X-A: '${PATH}', X-B: '${env:HOME}'}}]";
    take(file, "application/yaml", false);

    web.fleet
        .byName("a")
        .ifPresent(a ->
            assertThat(a.server().spec().headers().values())
                .allMatch(secret -> secret.reveal().startsWith("$")));
  }
}
