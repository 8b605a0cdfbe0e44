package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every answer. */
class AnswersTest {
  private WebFixture web;

  @BeforeEach
  void start() {
    web = new WebFixture();
    web.add("alpha", "");
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health/live", "/api/v1/servers", "/nowhere", "/metrics"})
  void browsers_are_told_to_be_careful(String path) {
    HttpResponse<String> answer = web.get(path);

    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
    assertThat(answer.headers().firstValue("X-Powered-By")).isEmpty();
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT|/api/v1/servers|GET, HEAD, POST",
        "POST|/api/v1/servers/alpha|DELETE, GET, HEAD, PATCH",
        "GET|/api/v1/servers/alpha/enable|POST",
        "DELETE|/health/live|GET, HEAD",
        "OPTIONS|/api/v1/summary|GET, HEAD",
      })
  void another_method_is_told_which_there_are(String method, String path, String allow) {
    HttpResponse<String> answer = web.send(method, path, null);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue(allow);
    assertThat(WebFixture.json(answer).path("type").asString())
        .isEqualTo("urn:pharos:problem:method_not_allowed");
  }

  @Test
  void head_says_the_same_without_saying_it() {
    HttpResponse<String> there = web.send("HEAD", "/api/v1/servers/alpha", null);
    HttpResponse<String> absent = web.send("HEAD", "/api/v1/servers/beta", null);

    assertThat(there.statusCode()).isEqualTo(200);
    assertThat(there.body()).isEmpty();
    assertThat(there.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(absent.body()).isEmpty();
  }

  @Test
  void a_long_answer_is_compressed_for_whom_asks() throws Exception {
    for (int i = 0; i < 20; i++) {
      web.add("server-" + i, "");
    }
    var plain = web.get("/api/v1/servers");
    try (var client = HttpClient.newHttpClient()) {
      var packed =
          client.send(
              HttpRequest.newBuilder(web.uri("/api/v1/servers"))
                  .header("Accept-Encoding", "gzip")
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
      assertThat(packed.body().length * 4).isLessThan(plain.body().length());
    }
  }

  @Test
  void an_unknown_fault_gives_a_number_and_nothing_else() {
    web.onReadiness =
        () -> {
          throw new IllegalStateException("secret inside");
        };

    HttpResponse<String> answer = web.get("/health/ready");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains("urn:pharos:problem:internal_error")
        .containsPattern("[0-9a-f-]{36}")
        .doesNotContain("secret", "Exception", "dev.pharos", "at ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|400",
        "[]|400",
        "'\"x\"'|400",
        "{\"name\":1,\"name\":2}|400",
        "{} {}|400",
        "''|400",
      })
  void a_body_that_is_no_json_object_is_refused(String body, int status) {
    HttpResponse<String> answer = web.send("POST", "/api/v1/servers", body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("jackson", "Exception");
  }

  @Test
  void deep_and_large_and_strange_bodies_are_refused() {
    assertThat(web.send("POST", "/api/v1/servers", "{\"a\":".repeat(5_000)).statusCode())
        .isEqualTo(400);
    assertThat(web.send("POST", "/api/v1/servers", " ".repeat(300_000)).statusCode())
        .isEqualTo(413);
    assertThat(web.send("POST", "/api/v1/servers", "{}", "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);
    assertThat(web.send("POST", "/api/v1/servers", "{}", "Content-Encoding", "gzip").statusCode())
        .isEqualTo(415);
    String chunked =
        web.raw(
            "POST /api/v1/servers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + ("8000\r\n" + " ".repeat(0x8000) + "\r\n").repeat(10)
                + "0\r\n\r\n");
    assertThat(chunked).startsWith("HTTP/1.1 413");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /a%2fb HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /..;/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "NONSENSE\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.test\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\nConnection: close\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      })
  void a_broken_request_gets_no_page_of_the_library(String request) {
    String answer = web.raw(request);

    assertThat(answer).containsPattern("^HTTP/1.1 (4\\d\\d|505)");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .doesNotContain("jetty", "javalin", "<html", "exception", "caused by");
  }

  @Test
  void headers_and_addresses_have_bounds() {
    String large = "x".repeat(20_000);

    assertThat(web.raw("GET / HTTP/1.1\r\nHost: localhost\r\nA: " + large + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(web.raw("GET /" + large + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
  }

  @Test
  void all_mistakes_of_a_query_are_named_at_once() {
    HttpResponse<String> answer =
        web.get(
            "/api/v1/servers?health=fine&limit=0&sort=colour&cursor=%21&flavour=x&status=active"
                + "&status=inactive&q=%07");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(WebFixture.json(answer).path("errors").findValuesAsString("field"))
        .containsExactlyInAnyOrder("health", "limit", "sort", "cursor", "flavour", "status", "q");
    assertThat(answer.body()).doesNotContain("fine");
  }

  @Test
  void requests_are_counted_by_operation() {
    List<String> before = new ArrayList<>(web.requests);
    web.get("/api/v1/servers/alpha");
    web.get("/api/v1/servers/beta");
    web.get("/nowhere");

    assertThat(before).isEmpty();
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(web.requests).containsExactly("getServer 200", "getServer 404", "none 404"));
  }

  @Test
  void an_answer_that_has_begun_is_given_before_the_end() throws Exception {
    var begun = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    web.onReadiness =
        () -> {
          begun.countDown();
          try {
            // Longer than an idle connection may keep the server from stopping.
            assertThat(never.await(300, TimeUnit.MILLISECONDS)).isFalse();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    var answer = CompletableFuture.supplyAsync(() -> web.get("/health/ready"));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    web.web.close();

    assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }
}
