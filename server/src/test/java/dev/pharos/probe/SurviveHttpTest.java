package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Secret;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks that HTTP itself sends elsewhere or away. */
class SurviveHttpTest extends Survival {
  private static final List<Credentials> ALL_SORTS =
      List.of(
          new Credentials.Bearer(new Secret("token-canary")),
          new Credentials.ApiKey("X-Api-Key", new Secret("key-canary")),
          new Credentials.Basic("me", new Secret("password-canary")));

  @ParameterizedTest
  @CsvSource({
    "204, HTTP_2XX",
    "400, HTTP_400",
    "404, HTTP_404",
    "405, HTTP_405",
    "406, HTTP_406",
    "415, HTTP_415",
    "418, HTTP_4XX",
    "429, HTTP_429",
    "500, HTTP_500",
    "501, HTTP_5XX",
    "502, HTTP_502",
    "503, HTTP_503",
    "504, HTTP_504"
  })
  void every_request_is_answered_with_a_status(int status, FailureKind kind) {
    try (FakeMcpServer server =
        FakeMcpServer.start().on("*", x -> x.answer(status, "text/plain", ""))) {
      Failure failure = failure(target(server.url()));
      is(failure, Stage.HTTP, kind);
      assertThat(failure.message()).contains("HTTP " + status);
    }
  }

  @ParameterizedTest
  @CsvSource({"400", "404", "405", "406", "415", "429", "500", "502", "503"})
  void one_list_is_answered_with_a_status(int status) {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .withoutSessions()
            .on("tools/list", x -> x.answer(status, "text/plain", "no"))) {
      Failure failure = failure(target(server.url()));
      is(failure, Stage.HTTP, FailureKind.valueOf("HTTP_" + status));
      assertThat(failure.message()).contains("tools/list", "HTTP " + status);
    }
  }

  @Test
  void too_many_requests_with_a_time_to_stay_away() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on("*", x -> x.header("Retry-After: 17").answer(429, "text/plain", "slow down"))) {
      Outcome outcome = look(target(server.url()));
      is(failureOf(outcome), Stage.HTTP, FailureKind.HTTP_429);
      assertThat(outcome.seen().retryAfter()).isEqualTo(Duration.ofSeconds(17));
    }
  }

  @Test
  void a_page_of_html_is_told_in_words() {
    String page =
        "<html>\r\n<head><title>502 Bad Gateway</title><style>b {}</style></head>\r\n<body><hr>nginx</body></html>";
    try (FakeMcpServer server =
        FakeMcpServer.start().on("*", x -> x.answer(502, "text/html", page))) {
      Failure failure = failure(target(server.url()));
      is(failure, Stage.HTTP, FailureKind.HTTP_502);
      assertThat(failure.message()).contains("502 Bad Gateway nginx").doesNotContain("<", "b {}");
    }
  }

  @Test
  void a_login_page_instead_of_an_answer() {
    try (FakeMcpServer server =
        FakeMcpServer.start().on("*", x -> x.answer(200, "text/html", "<h1>Log in</h1>"))) {
      Failure failure = failure(target(server.url()));
      is(failure, Stage.HTTP, FailureKind.CONTENT_TYPE);
      assertThat(failure.message()).contains("text/html", "Log in");
    }
  }

  @ParameterizedTest
  @CsvSource({"301", "302", "303"})
  void a_redirect_that_makes_clients_forget_their_message(int status) {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .page("/old", x -> x.header("Location: /mcp").answer(status, "text/plain", ""))) {
      Failure failure = failure(target(server.url("/old")));
      is(failure, Stage.HTTP, FailureKind.REDIRECT);
      assertThat(failure.message()).contains(server.url("/mcp"));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"307", "308"})
  void a_redirect_within_the_host_is_followed(int status) {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .page("/old", x -> x.header("Location: /mcp").answer(status, "text/plain", ""))) {
      Observation seen = healthy(target(server.url("/old"), ALL_SORTS.getFirst()));
      assertThat(findings(seen)).contains(FindingKind.REDIRECTED);
      assertThat(seen.facts().url()).isEqualTo(server.url("/mcp"));
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
      assertThat(server.requests("DELETE")).hasSize(1);
    }
  }

  static List<Credentials> credentials() {
    return ALL_SORTS;
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void secrets_never_follow_to_another_host(Credentials credentials) {
    for (int status : List.of(301, 302, 303, 307, 308)) {
      try (FakeMcpServer other = FakeMcpServer.start();
          FakeMcpServer server =
              FakeMcpServer.start()
                  .on(
                      "*",
                      x -> x.header("Location: " + other.url()).answer(status, "text/plain", ""))) {
        Failure failure = failure(target(server.url(), credentials));
        is(failure, Stage.HTTP, FailureKind.REDIRECT_CROSS_HOST);
        assertThat(failure.message()).contains(other.url());
        assertThat(other.connections()).isZero();
      }
    }
  }

  @Test
  void a_redirect_to_another_host_in_mid_session_is_not_followed() {
    try (FakeMcpServer other = FakeMcpServer.start();
        FakeMcpServer server =
            FakeMcpServer.start()
                .on(
                    "tools/list",
                    x -> x.header("Location: " + other.url()).answer(307, "text/plain", ""))) {
      is(
          failure(target(server.url(), ALL_SORTS.getFirst())),
          Stage.HTTP,
          FailureKind.REDIRECT_CROSS_HOST);
      assertThat(other.connections()).isZero();
      assertThat(server.ended()).isEqualTo(1);
    }
  }

  @Test
  void redirects_in_a_circle() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .page("/a", x -> x.header("Location: /b").answer(307, "text/plain", ""))
            .page("/b", x -> x.header("Location: /a").answer(307, "text/plain", ""))) {
      is(failure(target(server.url("/a"))), Stage.HTTP, FailureKind.REDIRECT_LOOP);
      assertThat(server.requests()).hasSizeLessThan(10);
    }
  }

  @Test
  void a_redirect_to_nowhere() {
    try (FakeMcpServer server =
        FakeMcpServer.start().on("*", x -> x.answer(308, "text/plain", ""))) {
      is(failure(target(server.url())), Stage.HTTP, FailureKind.REDIRECT);
    }
  }

  @Test
  void a_bare_address_that_answers_404_is_tried_with_a_path() {
    try (FakeMcpServer server =
        FakeMcpServer.start().page("/", x -> x.answer(404, "text/html", "<h1>Not Found</h1>"))) {
      Observation seen = healthy(target(server.url("")));
      assertThat(findings(seen)).contains(FindingKind.PATH_ADDED);
      assertThat(seen.facts().url()).isEqualTo(server.url("/mcp"));
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }
}
