package dev.pharos.http;

import static dev.pharos.http.WebFixture.json;
import static dev.pharos.http.WebFixture.problem;
import static dev.pharos.http.WebFixture.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.definition.FleetFile;
import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.ServerSpec;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Adding, changing and removing servers. */
class ServerWritesTest {
  private static final String ALPHA = "/api/v1/servers/alpha";

  private WebFixture web;

  @BeforeEach
  void start() {
    web = new WebFixture();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private ServerSpec stored() {
    return web.fleet.byName("alpha").orElseThrow().server().spec();
  }

  private HttpResponse<String> patch(String body) {
    return web.send("PATCH", ALPHA, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alpha",
        "two words",
        "über",
        "a+b",
        "100%",
        "%2e",
        "a;b=c",
        "a?b#c",
        "a&b",
        "[a]:{b}",
        "日本",
        "-"
      })
  void what_was_added_is_found_where_the_answer_says(String name) {
    HttpResponse<String> added =
        web.send(
            "POST", "/api/v1/servers", "{\"name\":\"" + name + "\",\"url\":\"http://h.test/\"}");

    assertThat(added.statusCode()).isEqualTo(201);
    String place = added.headers().firstValue("Location").orElseThrow();
    JsonNode found = web.ok(place);
    assertThat(found).isEqualTo(json(added));
    assertThat(found.path("name").asString()).isEqualTo(name);
    assertThat(found.path("version").asInt()).isEqualTo(1);
    assertThat(found.path("health_status").asString()).isEqualTo("unknown");
    assertThat(found.path("last_health_check").isNull()).isTrue();
    assertThat(web.ok("PATCH", place, "{\"description\":\"x\"}").path("version").asInt())
        .isEqualTo(2);
    assertThat(web.send("DELETE", place, null).statusCode()).isEqualTo(204);
    assertThat(web.get(place).statusCode()).isEqualTo(404);
  }

  @Test
  void dots_sent_back_keep_the_secret() {
    web.add("alpha", ",\"auth_type\":\"bearer\",\"auth_config\":{\"token\":\"open sesame\"}");
    JsonNode shown = web.ok(ALPHA);

    assertThat(shown.path("auth_config").path("token").asString()).isEqualTo("••••");
    JsonNode changed =
        web.ok(
            "PATCH",
            ALPHA,
            "{\"description\":\"new\",\"auth_type\":\"bearer\",\"auth_config\":"
                + shown.path("auth_config")
                + "}");

    assertThat(changed.path("description").asString()).isEqualTo("new");
    assertThat(stored().credentials()).isEqualTo(new Credentials.Bearer(new Secret("open sesame")));
  }

  @Test
  void dots_for_no_secret_are_refused() {
    web.add("alpha", "");
    HttpResponse<String> answer =
        patch("{\"auth_type\":\"bearer\",\"auth_config\":{\"token\":\"••••\"}}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(wrong(answer)).containsExactly("auth_config.token");
    assertThat(stored().credentials()).isEqualTo(new Credentials.None());
  }

  @Test
  void a_secret_in_an_address_is_kept_like_any_other() {
    web.ok(
        "POST",
        "/api/v1/servers",
        "{\"name\":\"alpha\",\"url\":\"https://h.test/mcp?tavilyApiKey=open%20sesame&x=1\"}");
    String shown = web.ok(ALPHA).path("url").asString();
    assertThat(shown).isEqualTo("https://h.test/mcp?tavilyApiKey=••••&x=1");

    web.ok("PATCH", ALPHA, "{\"url\":\"" + shown.replace("x=1", "x=2") + "\"}");
    assertThat(web.ok("PATCH", ALPHA, "{\"tags\":[\"a\"]}").path("url").asString())
        .isEqualTo("https://h.test/mcp?tavilyApiKey=••••&x=2");
    assertThat(stored().transport())
        .isEqualTo(
            new Transport.Http(
                URI.create("https://h.test/mcp?tavilyApiKey=open%20sesame&x=2"),
                TransportChoice.AUTO));

    var dots = patch("{\"url\":\"https://h.test/mcp?token=••••\"}");
    assertThat(dots.statusCode()).isEqualTo(422);
    assertThat(wrong(dots)).containsExactly("url");
  }

  @Test
  void an_edit_of_an_older_version_is_a_conflict() {
    web.add("alpha", "");
    web.ok("PATCH", ALPHA, "{\"description\":\"first\",\"version\":1}");
    HttpResponse<String> late = patch("{\"description\":\"second\",\"version\":1}");

    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(problem(late)).isEqualTo("stale_version");
    assertThat(stored().description()).isEqualTo("first");
    assertThat(web.ok(ALPHA).path("version").asInt()).isEqualTo(2);
  }

  @Test
  void all_that_is_wrong_is_named_and_nothing_is_saved() {
    HttpResponse<String> answer =
        web.send(
            "POST",
            "/api/v1/servers",
            "{\"name\":\"a/b\",\"url\":\"ftp://x\",\"timeout_seconds\":0,\"tags\":\"x\",\"colour\":1,"
                + "\"auth_type\":\"basic\",\"auth_config\":{\"username\":\"a:b\"}}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(wrong(answer))
        .containsExactlyInAnyOrder(
            "name",
            "url",
            "timeout_seconds",
            "tags",
            "colour",
            "auth_config.username",
            "auth_config.password");
    assertThat(web.fleet.all()).isEmpty();
    assertThat(web.fleet.newest()).isZero();
  }

  @Test
  void null_goes_back_to_the_default() {
    web.add("alpha", ",\"description\":\"x\",\"timeout_seconds\":5,\"tags\":[\"a\"]");

    JsonNode now =
        web.ok("PATCH", ALPHA, "{\"description\":null,\"timeout_seconds\":null,\"tags\":null}");

    assertThat(now.path("description").isNull()).isTrue();
    assertThat(now.path("timeout_seconds").asInt()).isEqualTo(30);
    assertThat(now.path("tags").size()).isZero();
  }

  @Test
  void a_server_can_be_renamed_but_not_to_a_name_that_is_taken() {
    web.add("alpha", "");
    web.add("beta", "");

    HttpResponse<String> taken = patch("{\"name\":\"beta\"}");
    assertThat(taken.statusCode()).isEqualTo(422);
    assertThat(wrong(taken)).containsExactly("name");

    assertThat(web.ok("PATCH", ALPHA, "{\"name\":\"gamma\"}").path("name").asString())
        .isEqualTo("gamma");
    assertThat(web.get(ALPHA).statusCode()).isEqualTo(404);
    assertThat(web.get("/api/v1/servers/gamma").statusCode()).isEqualTo(200);
  }

  @Test
  void what_a_file_owns_can_be_paused_but_not_changed() {
    web.registry.reconcile(
        FleetFile.parseForeign("servers: [{name: alpha, url: 'http://h.test/'}]"), "pharos.yaml");

    assertThat(web.ok(ALPHA).path("managed_by").asString()).isEqualTo("pharos.yaml");
    for (HttpResponse<String> refused :
        List.of(patch("{\"url\":\"http://other.test/\"}"), web.send("DELETE", ALPHA, null))) {
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(problem(refused)).isEqualTo("managed_by_file");
    }
    assertThat(web.ok("POST", ALPHA + "/disable", null).path("status").asString())
        .isEqualTo("inactive");
    assertThat(web.ok("PATCH", ALPHA, "{\"maintenance\":true}").path("maintenance").asBoolean())
        .isTrue();
    assertThat(web.ok("POST", ALPHA + "/enable", null).path("status").asString())
        .isEqualTo("active");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/enable", "/disable", "/circuit/reset", "/check", "/tools/x/call"})
  void nothing_can_be_done_to_a_server_that_is_not_there(String verb) {
    HttpResponse<String> answer =
        web.send("POST", "/api/v1/servers/" + encoded("no one") + verb, null);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(problem(answer)).isEqualTo("not_found");
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
