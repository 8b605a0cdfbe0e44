package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.access.TrustedProxies;
import dev.pharos.push.PushSettings;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static WebFixture web;

  @BeforeAll
  static void start() {
    web = new WebFixture(WebFixture.PASSWORD, PushSettings.DEFAULT);
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static String basic(String password) {
    byte[] pair = ("anyone:" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static HttpResponse<String> login(String... headers) {
    return web.send(
        "POST", "/api/v1/login", "{\"password\":\"" + WebFixture.PASSWORD + "\"}", headers);
  }

  /** What a browser would send back. */
  private static String cookies(HttpResponse<String> response) {
    return String.join(
        "; ",
        response.headers().allValues("Set-Cookie").stream()
            .map(cookie -> cookie.split(";", 2)[0])
            .toList());
  }

  @Test
  void every_route_but_a_few_is_closed() {
    List<String> open =
        web.web.routes().stream()
            .filter(route -> web.send(route.method().name(), path(route), null).statusCode() != 401)
            .map(Route::operation)
            .toList();

    assertThat(open)
        .containsExactlyInAnyOrder(
            "isLive",
            "isReady",
            "logout",
            "getSession",
            "getHome",
            "login",
            "getAddPage",
            "getJournalPage",
            "getSettingsPage",
            "getServerPage",
            "getAsset");
    assertThat(web.get("/api/v1/nothing").statusCode()).isEqualTo(401);
  }

  private static String path(Route route) {
    return route.path().replaceAll("\\{\\w+}", "x");
  }

  @Test
  @SuppressWarnings("StringConcatToTextBlock") // the line ends are the point
  void the_web_socket_is_closed_too() {
    String answer =
        web.raw(
            "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 401").contains("login_required");
  }

  @Test
  void scripts_send_the_password_itself() {
    assertThat(web.get("/api/v1/summary", "Authorization", basic(WebFixture.PASSWORD)).statusCode())
        .isEqualTo(200);
    assertThat(
            web.send(
                    "POST",
                    "/api/v1/servers/check",
                    null,
                    "Authorization",
                    basic(WebFixture.PASSWORD))
                .statusCode())
        .isEqualTo(202);
    assertThat(web.get("/api/v1/summary").headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic "));
    assertThat(web.get("/api/v1/summary", "Authorization", "Bearer x").statusCode()).isEqualTo(401);
    assertThat(web.get("/api/v1/summary", "Authorization", "Basic ???").statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_login_opens_a_session() {
    HttpResponse<String> in = login();

    assertThat(in.statusCode()).isEqualTo(200);
    assertThat(in.headers().allValues("Set-Cookie"))
        .hasSize(2)
        .allMatch(cookie -> cookie.contains("SameSite=Strict") && cookie.contains("Path=/"))
        .noneMatch(cookie -> cookie.contains("Secure"))
        .anyMatch(cookie -> cookie.startsWith("pharos_session=") && cookie.contains("HttpOnly"));
    assertThat(web.get("/api/v1/summary", "Cookie", cookies(in)).statusCode()).isEqualTo(200);
    assertThat(web.get("/api/v1/session", "Cookie", cookies(in)).body())
        .isEqualTo("{\"login_required\":true,\"logged_in\":true}");
  }

  @Test
  void behind_tls_the_cookies_are_for_tls_only() {
    assertThat(login("X-Forwarded-Proto", "https").headers().allValues("Set-Cookie"))
        .hasSize(2)
        .allMatch(cookie -> cookie.contains("Secure"));
  }

  @Test
  void a_session_changes_things_only_with_its_token() {
    HttpResponse<String> in = login();
    String token = WebFixture.json(in).path("csrf_token").asString();
    String[] bare = {"Cookie", cookies(in)};
    String[] wrong = {"Cookie", cookies(in), "X-CSRF-Token", "x"};
    String[] right = {"Cookie", cookies(in), "X-CSRF-Token", token};

    assertThat(web.send("POST", "/api/v1/servers/check", null, bare).statusCode()).isEqualTo(403);
    assertThat(web.send("POST", "/api/v1/servers/check", null, wrong).statusCode()).isEqualTo(403);
    assertThat(web.send("POST", "/api/v1/servers/check", null, right).statusCode()).isEqualTo(202);
  }

  @Test
  void a_logout_ends_it() {
    HttpResponse<String> in = login();

    assertThat(web.send("POST", "/api/v1/logout", null, "Cookie", cookies(in)).statusCode())
        .isEqualTo(204);
    assertThat(web.get("/api/v1/summary", "Cookie", cookies(in)).statusCode()).isEqualTo(401);
  }

  @Test
  void the_form_leads_on_to_the_first_page() {
    HttpResponse<String> form =
        web.send(
            "POST",
            "/api/v1/login",
            "password=" + WebFixture.PASSWORD.replace(" ", "+"),
            "Content-Type",
            "application/x-www-form-urlencoded");

    assertThat(form.statusCode()).isEqualTo(303);
    assertThat(form.headers().firstValue("Location")).hasValue("/");
    assertThat(web.get("/").body()).doesNotContain("/api/v1/servers");
    assertThat(web.get("/", "Cookie", cookies(form)).statusCode()).isEqualTo(200);
  }

  @Test
  void wrong_passwords_are_refused_and_then_slowed_down() {
    try (WebFixture own = new WebFixture(WebFixture.PASSWORD, PushSettings.DEFAULT)) {
      int slowed = 0;
      for (int attempt = 0; attempt < 40 && slowed == 0; attempt++) {
        HttpResponse<String> answer =
            own.send("POST", "/api/v1/login", "{\"password\":\"wrong " + attempt + "\"}");
        assertThat(answer.statusCode()).isIn(401, 429);
        if (answer.statusCode() == 429) {
          slowed++;
          assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
      }
      assertThat(slowed).isEqualTo(1);
    }
  }

  @Test
  void behind_a_trusted_proxy_one_guesser_does_not_slow_down_others() {
    TrustedProxies ours = TrustedProxies.parse(List.of("127.0.0.0/8"));
    try (WebFixture own = new WebFixture(WebFixture.PASSWORD, PushSettings.DEFAULT, ours)) {
      String[] guesser = {"X-Forwarded-For", "10.0.0.1, 203.0.113.5"};
      int status = 401;
      for (int attempt = 0; attempt < 40 && status == 401; attempt++) {
        status = own.send("POST", "/api/v1/login", "{\"password\":\"no\"}", guesser).statusCode();
      }
      assertThat(status).isEqualTo(429);
      String[] other = {"X-Forwarded-For", "203.0.113.5, 203.0.113.6"};
      assertThat(own.send("POST", "/api/v1/login", "{\"password\":\"no\"}", other).statusCode())
          .isEqualTo(401);
      assertThat(
              own.get(
                      "/api/v1/summary",
                      "X-Forwarded-For",
                      "203.0.113.5",
                      "Authorization",
                      basic(WebFixture.PASSWORD))
                  .statusCode())
          .isEqualTo(429);
    }
  }

  @Test
  void nobody_else_says_from_where_he_comes() {
    try (WebFixture own = new WebFixture(WebFixture.PASSWORD, PushSettings.DEFAULT)) {
      int status = 401;
      for (int attempt = 0; attempt < 40 && status == 401; attempt++) {
        String[] made = {"X-Forwarded-For", "203.0.113." + attempt};
        status = own.send("POST", "/api/v1/login", "{\"password\":\"no\"}", made).statusCode();
      }
      assertThat(status).isEqualTo(429);
    }
  }

  @Test
  void a_login_that_cannot_be_read_names_its_fields() {
    HttpResponse<String> answer =
        web.send("POST", "/api/v1/login", "{\"password\":7,\"user\":\"me\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(WebFixture.json(answer).path("errors").findValuesAsString("field"))
        .containsExactlyInAnyOrder("password", "user");
  }

  @Test
  void without_a_password_there_is_nothing_to_log_in_to() {
    try (WebFixture open = new WebFixture()) {
      assertThat(open.send("POST", "/api/v1/login", "{\"password\":\"x\"}").statusCode())
          .isEqualTo(409);
      assertThat(open.get("/api/v1/session").body())
          .isEqualTo("{\"login_required\":false,\"logged_in\":true}");
    }
  }
}
