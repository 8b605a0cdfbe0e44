package dev.pharos.oauth;

import static dev.pharos.oauth.OAuthFixture.NOW;
import static dev.pharos.oauth.OAuthFixture.client;
import static dev.pharos.oauth.OAuthFixture.failure;
import static dev.pharos.trace.FailureKind.TOKEN_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.FailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenAnswerTest {
  private OAuthFixture fixture;

  @BeforeEach
  void listen() throws IOException {
    fixture = new OAuthFixture(Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private AccessToken ask() throws FailureException {
    return fixture.token(client(fixture.web.url("/token"), null));
  }

  @ParameterizedTest
  @CsvSource({
    "3600, 3600",
    "'\"60\"', 60",
    "0, 0",
    "1e30, ",
    "99999999999999, 315360000",
    "-5, ",
    "'\"soon\"', ",
    "null, ",
    "[], ",
  })
  void the_life_of_a_token_counts_from_the_request(String written, @Nullable Long seconds)
      throws FailureException {
    fixture.web.json(
        "/token",
        "{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_in\":" + written + "}");
    assertThat(ask().expiresAt()).isEqualTo(seconds == null ? null : NOW.plusSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|no usable access_token",
        "{\"token_type\":\"bearer\"}|no usable access_token",
        "{\"access_token\":7,\"token_type\":\"bearer\"}|no usable access_token",
        "{\"access_token\":\"\",\"token_type\":\"bearer\"}|no usable access_token",
        "{\"access_token\":\"a\\r\\nX: y\",\"token_type\":\"bearer\"}|no usable access_token",
        "{\"access_token\":\"a b\",\"token_type\":\"bearer\"}|no usable access_token",
        "{\"access_token\":\"ä\",\"token_type\":\"bearer\"}|no usable access_token",
        "{\"access_token\":\"canary\"}|names no token_type",
        "{\"access_token\":\"canary\",\"token_type\":\"DPoP\"}|“DPoP”",
        "<html>|no JSON object",
        "[]|no JSON object",
        "{\"error\":\"invalid_scope\"}|invalid_scope",
      })
  void a_success_without_a_token_is_an_error(String body, String why) {
    fixture.web.json("/token", body);
    FailureException failure = failure(TOKEN_ERROR, this::ask);
    assertThat(failure.detail())
        .startsWith("token endpoint " + fixture.web.base() + "/token: ")
        .contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|{\"error\":\"invalid_client\"}|invalid_client",
        "401|{\"error\":\"invalid_client\",\"error_description\":\"who?\"}|invalid_client (who?)",
        "400|{\"error\":\"a\\u001b[1m\\nb\",\"error_description\":\"\\u202eevil\"}|a [1m b (evil)",
        "400|{\"error\":7}|HTTP 400",
        "403|{\"access_token\":\"canary\",\"token_type\":\"bearer\"}|HTTP 403",
        "500|<html>canary</html>|HTTP 500",
        "302|''|HTTP 302, and a token request follows no redirects",
        "307|''|HTTP 307, and a token request follows no redirects",
      })
  void a_refusal_carries_its_code(int status, String body, String why) throws IOException {
    try (PretendWeb other = new PretendWeb()) {
      fixture.web.answer("/token", status, Map.of("Location", other.base() + "/token"), body);
      FailureException failure = failure(TOKEN_ERROR, this::ask);
      assertThat(failure.detail()).endsWith("/token: " + why);
      assertThat(other.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "canary+s3cret/~ %",
    "canary%2Bs3cret%2F~+%25",
    "bWU6Y2FuYXJ5JTJCczNjcmV0JTJGfislMjU="
  })
  void a_secret_that_the_server_repeats_is_not_passed_on(String repeated) {
    fixture.web.answer(
        "/token",
        400,
        Map.of(),
        "{\"error\":\""
            + repeated
            + "\",\"error_description\":\""
            + "x".repeat(195)
            + repeated
            + "\"}");
    FailureException failure = failure(TOKEN_ERROR, this::ask);
    assertThat(failure.detail()).contains("••••").doesNotContain("canar", "bWU6", "%2Bs3");
    assertThat(failure.detail().length()).isLessThan(400);
  }

  @Test
  void a_wish_for_quiet_is_kept() {
    fixture.web.answer("/token", 429, Map.of("Retry-After", "30"), "");
    assertThat(failure(TOKEN_ERROR, this::ask).retryAfter()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void an_endless_answer_is_refused() {
    fixture.web.json("/token", "{\"access_token\":\"" + "x".repeat(1_000_000) + "\"}");
    assertThat(failure(TOKEN_ERROR, this::ask).detail()).contains("256 KiB");
  }

  @Test
  void nobody_listening_is_told_with_the_address() throws IOException {
    PretendWeb gone = new PretendWeb();
    gone.close();
    FailureException failure =
        failure(TOKEN_ERROR, () -> fixture.token(client(gone.url("/token"), null)));
    assertThat(failure.detail())
        .startsWith("token endpoint " + gone.base() + "/token: ")
        .contains("nothing accepts connections");
  }

  @Test
  void a_stalled_token_endpoint_ends_with_the_look() throws IOException {
    try (OAuthFixture hurried = new OAuthFixture(Duration.ofMillis(600))) {
      hurried.web.stall("/token");
      long start = System.nanoTime();
      FailureException failure =
          failure(TOKEN_ERROR, () -> hurried.token(client(hurried.web.url("/token"), null)));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
      assertThat(failure.detail()).contains("/token: ");
    }
  }

  @Test
  void a_token_does_not_show_itself() {
    assertThat(new AccessToken("canary", NOW).toString()).doesNotContain("canary");
    assertThat(client().toString()).doesNotContain("canary");
  }
}
