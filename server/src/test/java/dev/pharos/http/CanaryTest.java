package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.history.LogRow;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A secret that is given to Pharos is never seen again, whatever is asked and whatever fails. */
class CanaryTest {
  private static final String CANARY = "Canary+5e/cret=";

  /** What servers are told, by their names. */
  private static final Map<String, String> FLEET =
      Map.of(
          "bearer", "'auth_type':'bearer','auth_config':{'token':'C'}",
          "key", "'auth_type':'api_key','auth_config':{'header':'X-Key','key':'C'}",
          "basic", "'auth_type':'basic','auth_config':{'username':'me','password':'C'}",
          "headers", "'auth_type':'headers','auth_config':{'Authorization':'Bearer C'}",
          "extra", "'headers':{'X-Team':'C','Cookie':'session=C'}",
          "oauth",
              "'auth_type':'oauth_client_credentials','auth_config':{'client_id':'me',"
                  + "'client_secret':'C','token_url':'https://as.test/token'}");

  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

  private static WebFixture web;

  @BeforeAll
  static void start() {
    LOG.start();
    root().addAppender(LOG);
    web = new WebFixture();
    web.snapshot = WebFixture.snapshot();
    FLEET.forEach((name, rest) -> web.add(name, "," + told(rest)));
    web.add(
        "{\"name\":\"query\",\"url\":\"http://h.test/?a=b&API_Key="
            + URLEncoder.encode(CANARY, StandardCharsets.UTF_8)
            + "\"}");
    web.add(told("{'name':'process','command':'toy','env':{'TOKEN':'C'}}"));
    String repeated = "the server says: bad token " + CANARY;
    web.looks.outcome = Seen.refused(repeated);
    web.looks.answer = new Looks.Called(told("{'said':'C'}"), false, 1, null);
    for (var each : web.fleet.all()) {
      // As if the probe had let it through.
      HealthMemory memory = Seen.after(Seen.NOW, Seen.refused(repeated), Seen.refused(repeated));
      web.fleet.saw(each.server().spec().name(), memory, Seen.lastSeen());
    }
    web.history.logs.add(
        new LogRow(
            Seen.NOW.minusSeconds(9),
            Health.UNHEALTHY,
            Health.UNHEALTHY,
            9L,
            List.of(),
            Seen.refusal(repeated),
            null,
            "scheduled"));
    web.history.spans.add(
        new Span(SpanState.UNHEALTHY, Seen.NOW.minusSeconds(9), null, Seen.refusal(repeated)));
    web.publish(new FleetEvent.MonitorChanged(Seen.NOW, "live", ""));
  }

  @AfterAll
  static void stop() {
    web.close();
    root().detachAppender(LOG);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static String told(String json) {
    return json.replace('\'', '"').replaceAll("\\bC\\b", CANARY);
  }

  private static void silent(String text, String where) {
    List<String> forms =
        List.of(
            CANARY,
            CANARY.replace("/", "\\/"),
            URLEncoder.encode(CANARY, StandardCharsets.UTF_8),
            base64(CANARY),
            base64("me:" + CANARY),
            "5e/cret");
    for (String form : forms) {
      assertThat(text.contains(form)).as(where + ": " + text).isFalse();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void no_answer_to_a_question_holds_it() {
    List<String> asked = new ArrayList<>();
    for (Route route : web.web.routes()) {
      // Files of the program itself know no server.
      boolean asks = route.method() == Method.GET && route.kind() == Route.Kind.PLAIN;
      if (asks && !route.path().startsWith("/assets/")) {
        for (var each : web.fleet.all()) {
          String path =
              route
                  .path()
                  .replaceAll("\\{(mcp_)?name}", each.server().spec().name())
                  .replace("{key}", "limits")
                  .replace("{id}", "7")
                  .replaceAll("\\{\\w+}", "x");
          String query =
              switch (route.operation()) {
                case "probe" -> "?target=http://h.test/";
                case "olderGetCapabilities" -> "?server=" + each.server().spec().name();
                default -> "";
              };
          HttpResponse<String> answer = web.get(path + query);
          silent(answer.headers().map() + answer.body(), path);
          if (path.startsWith("/api/")) {
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
          }
          asked.add(route.operation());
        }
      }
    }
    assertThat(asked).contains("listServers", "exportServers", "listLogs", "listSpans");
  }

  @Test
  void no_answer_to_an_order_holds_it() {
    orderEverything();
    silent(web.get("/api/v1/events").body(), "events");
  }

  private static void orderEverything() {
    for (var each : web.fleet.all()) {
      String own = "/api/v1/servers/" + each.server().spec().name();
      for (String verb :
          List.of("/check", "/disable", "/enable", "/circuit/reset", "/tools/x/call")) {
        HttpResponse<String> answer = web.send("POST", own + verb, null);
        assertThat(answer.statusCode()).isEqualTo(200);
        silent(answer.body(), own + verb);
      }
      silent(web.send("PATCH", own, "{\"description\":\"x\"}").body(), own);
      String older = "/api/v1/mcp/tools/health/" + each.server().spec().name();
      silent(web.send("POST", older, null).body(), older);
    }
  }

  @Test
  void no_problem_holds_it() {
    List<String> bodies = new ArrayList<>();
    FLEET.values().forEach(rest -> bodies.add(told("{'name':'n','url':'nowhere'," + rest + "}")));
    bodies.add(told("{'name':'C/','url':'http://h.test/?key=C#x'}"));
    bodies.add(told("{'name':'n','url':'http://me:C@h.test/'}"));
    bodies.add(told("{'name':'n','url':'http://h.test/','auth_type':'C'}"));
    bodies.add(told("{'name':'n','url':'http://h.test/','timeout_seconds':'C'}"));
    bodies.add(told("{'name':'n','url':'http://h.test/','headers':{'A':'C\\n'}}"));
    bodies.add(told("{'name':'n','command':'x','env':{'A':['C']}}"));
    bodies.add(told("{'token':'C"));
    bodies.add(told("{'a':'C'} C"));
    for (String body : bodies) {
      for (String path : List.of("/api/v1/servers", "/api/v1/servers/discover", "/api/v1/import")) {
        HttpResponse<String> answer = web.send("POST", path, body);
        assertThat(answer.statusCode()).as(body).isBetween(400, 499);
        silent(answer.body(), path + " " + body);
      }
    }
    silent(web.send("POST", "/api/v1/login", told("{'password':'C','x':1}")).body(), "login");
    silent(web.send("PUT", "/api/v1/config/limits", told("{'max_in_flight':'C'}")).body(), "put");
    String query = URLEncoder.encode("http://me:" + CANARY + "@h/", StandardCharsets.UTF_8);
    silent(web.get("/probe?target=" + query).body(), "probe");
    assertThat(web.ok("/api/v1/servers?q=Canary").path("total").asInt()).isZero();
    silent(web.get("/api/v1/servers?sort=" + query).body(), "list");
  }

  @Test
  void no_line_of_our_own_log_holds_it() {
    orderEverything();
    web.onReadiness =
        () -> {
          throw new IllegalStateException("a bug");
        };
    web.get("/health/ready", "Authorization", "Bearer " + CANARY);
    web.onReadiness = () -> {};

    assertThat(LOG.list).isNotEmpty();
    LOG.list.forEach(
        line -> silent(line.getFormattedMessage() + line.getKeyValuePairs(), line.getLoggerName()));
  }
}
