package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every field of every write, filled with what it must not be. The fields of servers stand in
 * {@code bad-server-fields.txt}: the field or what replaces the whole, a part of the document, and
 * the field that must be named.
 */
class BadInputTest {
  private static final Pattern REPEATED = Pattern.compile("<(.)\\*(\\d+)>");
  private static final Set<Integer> REFUSALS = Set.of(400, 409, 413, 415, 422);

  /** What would tell of our inside. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "exception|\\bat [a-z]+\\.[a-z]|\\bjava\\.|dev\\.pharos|tools\\.jackson|jetty|javalin|\\.java:"
              + "|\\bnull pointer|@[0-9a-f]{6,}",
          Pattern.CASE_INSENSITIVE);

  private static WebFixture web;
  private static String before = "";

  @BeforeAll
  static void start() {
    web = new WebFixture();
    web.add("alpha", ",\"description\":\"as it was\"");
    web.add("taken", "");
    web.add("{\"name\":\"process\",\"command\":\"toy\"}");
    before = state();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  /** All that can be saved. */
  private static String state() {
    return web.fleet.all() + " " + web.fleet.newest() + " " + web.fleet.config().all();
  }

  /** Long texts are written short in tables: {@code <x*9>} is nine times x. */
  private static String grown(String text) {
    Matcher matcher = REPEATED.matcher(text.replace('\'', '"'));
    return matcher.replaceAll(
        found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
  }

  private static void refused(HttpResponse<String> answer, @Nullable String field) {
    String old = before;
    before = state();
    assertThat(answer.statusCode()).as(answer.body()).isIn(REFUSALS);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = WebFixture.json(answer);
    assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
    assertThat(problem.path("detail").asString()).isNotEmpty();
    if (field != null) {
      assertThat(problem.path("errors").findValuesAsString("field")).contains(field);
    }
    for (JsonNode error : problem.path("errors")) {
      assertThat(error.path("message").asString()).isNotEmpty();
    }
    assertThat(INSIDE.matcher(answer.body()).find()).as(answer.body()).isFalse();
    assertThat(answer.body()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    assertThat(answer.body().length()).isLessThan(20_000);
    assertThat(before.equals(old)).as("nothing was saved").isTrue();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/http/bad-server-fields.txt", delimiter = '|', quoteCharacter = '`')
  void a_wrong_field_of_a_server_is_named_wherever_it_is_written(
      String target, String fields, String field) {
    ObjectNode bad = (ObjectNode) WebFixture.JSON.readTree(grown("{" + fields + "}"));
    ObjectNode whole = WebFixture.JSON.createObjectNode().put("name", "new");
    whole.put(target.equals("http") ? "url" : "command", "http://h.test/");
    whole.setAll(bad);

    refused(web.send("POST", "/api/v1/servers", whole.toString()), field);
    refused(web.send("POST", "/api/v1/servers/discover", whole.toString()), field);
    String stored = target.equals("http") ? "alpha" : "process";
    refused(web.send("PATCH", "/api/v1/servers/" + stored, bad.toString()), field);
    String path = field.startsWith("[") ? "servers[1]" + field : "servers[1]." + field;
    refused(
        web.send(
            "POST",
            "/api/v1/import",
            "{\"servers\":[{\"name\":\"good\",\"url\":\"http://h.test/\"}," + whole + "]}"),
        path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'taken','url':'http://h.test/'}",
        "{'name':' taken ','url':'http://h.test/'}",
        "{'url':'http://h.test/'}",
        "{'name':null,'url':'http://h.test/'}"
      })
  void a_new_server_needs_a_name_of_its_own(String body) {
    refused(web.send("POST", "/api/v1/servers", grown(body)), "name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':'taken'}|name",
        "{'url':null}|url",
        "{'version':99,'description':'x'}|",
        "{'version':-1}|version",
        "{'version':'1'}|version",
        "{'version':1.5}|version",
      })
  void an_edit_must_fit_what_is_stored(String body, @Nullable String field) {
    refused(web.send("PATCH", "/api/v1/servers/alpha", grown(body)), field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST /api/v1/servers",
        "POST /api/v1/servers/discover",
        "PATCH /api/v1/servers/alpha",
        "PUT /api/v1/config/limits",
        "POST /api/v1/servers/alpha/tools/x/call",
        "POST /api/v1/login",
      })
  void a_body_must_be_one_json_object_of_bounded_size(String place) {
    String method = place.split(" ", 2)[0];
    String path = place.split(" ", 2)[1];
    for (String body :
        List.of(
            "[]",
            "7",
            "\"x\"",
            "null",
            "{",
            "{} {}",
            "{\"a\":1,\"a\":2}",
            "{\"a\":NaN}",
            "{\"a\":01}",
            "{'a':1}",
            "{\"a\":".repeat(200) + "1" + "}".repeat(200),
            "{\"a\":\"" + "x".repeat(300_000) + "\"}",
            "{\"a\":" + "9".repeat(2_000) + "}",
            "{\"\\u0000\":1}",
            "{\"" + "k".repeat(60_000) + "\":1}")) {
      refused(web.send(method, path, body), null);
    }
    refused(web.send(method, path, "{}", "Content-Type", "text/plain"), null);
    refused(web.send(method, path, "{}", "Content-Encoding", "gzip"), null);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/http/bad-settings.txt", delimiter = '|', quoteCharacter = '`')
  void a_wrong_setting_is_named(String key, String fields, String field) {
    refused(web.send("PUT", "/api/v1/config/" + key, grown("{" + fields + "}")), field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|password",
        "{'password':5}|password",
        "{'password':null}|password",
        "{'password':''}|password",
        "{'password':'<x*1025>'}|password",
        "{'password':['a']}|password",
        "{'password':'right','user':'me'}|user",
      })
  void a_login_is_a_password_and_nothing_else(String body, String field) {
    refused(web.send("POST", "/api/v1/login", grown(body)), field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "password=", "password=%zz", "user=me", "password=<x*1025>"})
  void the_form_wants_it_too(String body) {
    refused(
        web.send(
            "POST",
            "/api/v1/login",
            grown(body),
            "Content-Type",
            "application/x-www-form-urlencoded"),
        "password");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'arguments':5}|arguments",
        "{'arguments':null}|arguments",
        "{'arguments':[]}|arguments",
        "{'arguments':'{}'}|arguments",
        "{'argument':{}}|argument",
      })
  void a_tool_takes_an_object_of_arguments(String body, String field) {
    refused(web.send("POST", "/api/v1/servers/alpha/tools/x/call", grown(body)), field);
    assertThat(web.looks.called).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/http/bad-imports.txt", delimiter = '|', quoteCharacter = '`')
  void a_file_that_cannot_be_used_is_refused_as_a_whole(String text, String field) {
    String file = grown(text).replace("\\n", "\n");

    refused(web.send("POST", "/api/v1/import", file), field.equals("-") ? "" : field);
  }

  @Test
  void an_import_is_bounded_and_of_a_known_kind() {
    String large = "servers: []\n#" + "x".repeat(5_000_000);
    refused(web.send("POST", "/api/v1/import", large, "Content-Type", "application/yaml"), null);
    refused(web.send("POST", "/api/v1/import", "x", "Content-Type", "text/html"), null);
    refused(web.send("POST", "/api/v1/import?dry_run=perhaps", "servers: []"), "dry_run");
    refused(web.send("POST", "/api/v1/import?force=1", "servers: []"), "force");
  }

  @ParameterizedTest
  @CsvSource({
    "cursor=-1, cursor",
    "cursor=x, cursor",
    "cursor=1.5, cursor",
    "cursor=99999999999999999999, cursor",
    "cursor=1&cursor=2, cursor",
    "types=x, types",
    "types=mcp_health_check;x, types",
    "servers=%07, servers",
    "servers=MANY, servers",
    "servers=LONG, servers",
    "colour=red, colour",
    "%3Cscript%3E=1, <script>",
  })
  void the_feed_is_asked_rightly_or_not_opened(String query, String field) {
    String asked = query.replace("MANY", manyNames()).replace("LONG", "x".repeat(2_001));
    refused(web.get("/api/v1/events/stream?" + asked), field);
    String answer =
        web.raw(
            "GET /ws?"
                + asked
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    assertThat(answer).contains("\"field\":\"" + field + "\"");
    assertThat(INSIDE.matcher(answer).find()).isFalse();
  }

  private static String manyNames() {
    return IntStream.range(0, 201).mapToObj(i -> "s" + i).collect(Collectors.joining(","));
  }
}
