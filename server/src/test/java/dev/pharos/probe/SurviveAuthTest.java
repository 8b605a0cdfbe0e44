package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.testing.RawRequest;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Stage;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that ask who we are. */
class SurviveAuthTest extends Survival {
  private static final Credentials TOKEN = new Credentials.Bearer(new Secret("token-canary"));
  private static final String METADATA = "/.well-known/oauth-protected-resource/mcp";

  /** Refuses whoever comes without the good header. */
  private static FakeMcpServer guarded(String header, String value, String challenge) {
    return FakeMcpServer.start()
        .gate(request ->
            value.equals(request.header(header))
                ? null
                : x -> x.header(challenge).answer(401, "application/json", "{}"));
  }

  private static FakeMcpServer withMetadata() {
    FakeMcpServer server = guarded("Authorization", "Bearer good", "X-Nothing: here");
    String metadata = server.url(METADATA);
    return server
        .gate(request ->
            x ->
                x.header(
                        "WWW-Authenticate: Bearer resource_metadata=\"%s\", scope=\"read list\""
                            .formatted(metadata))
                    .answer(401, "application/json", "{}"))
        .page(
            METADATA,
            x ->
                x.answer(
                    200,
                    "application/json",
                    "{\"resource\":\"%s\",\"authorization_servers\":[\"https://login.test/realm\"],\"scopes_supported\":[\"all\"]}"
                        .formatted(server.url())));
  }

  @Test
  void a_challenge_with_metadata_says_who_gives_tokens() {
    try (FakeMcpServer server = withMetadata()) {
      Outcome outcome = look(target(server.url()));
      Failure failure = failureOf(outcome);
      is(failure, Stage.AUTH, FailureKind.AUTH_REQUIRED);
      assertThat(failure.message()).contains("https://login.test/realm", "read list");
      assertThat(findings(outcome.seen())).isEmpty();
    }
  }

  @Test
  void a_challenge_without_a_header_is_noted() {
    try (FakeMcpServer server =
        FakeMcpServer.start().on("*", x -> x.answer(401, "text/plain", "who are you?"))) {
      Outcome outcome = look(target(server.url()));
      is(failureOf(outcome), Stage.AUTH, FailureKind.AUTH_REQUIRED);
      assertThat(findings(outcome.seen())).contains(FindingKind.INCOMPLETE_CHALLENGE);
    }
  }

  @Test
  void a_challenge_without_metadata_is_noted() {
    try (FakeMcpServer server =
        guarded("Authorization", "Bearer good", "WWW-Authenticate: Bearer realm=\"x\"")
            .page("/.well-known/oauth-protected-resource", x -> x.answer(404, "text/plain", ""))
            .page(METADATA, x -> x.answer(404, "text/plain", ""))) {
      Outcome outcome = look(target(server.url()));
      is(failureOf(outcome), Stage.AUTH, FailureKind.AUTH_REQUIRED);
      assertThat(findings(outcome.seen())).contains(FindingKind.INCOMPLETE_CHALLENGE);
    }
  }

  @Test
  void a_challenge_of_another_scheme_says_which() {
    try (FakeMcpServer server =
        guarded("Authorization", "none", "WWW-Authenticate: Basic realm=\"office\"")) {
      Failure failure = failure(target(server.url()));
      is(failure, Stage.AUTH, FailureKind.AUTH_REQUIRED);
      assertThat(failure.message()).contains("Basic");
    }
  }

  @Test
  void credentials_that_are_refused_even_when_the_server_repeats_them() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "*",
                x ->
                    x.header(
                            "WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"token-canary has expired\"")
                        .answer(401, "text/plain", "token-canary is no good"))) {
      Failure failure = failure(target(server.url(), TOKEN));
      is(failure, Stage.AUTH, FailureKind.AUTH_REJECTED);
      assertThat(failure.message()).contains("invalid_token", "has expired");
    }
  }

  @Test
  void a_secret_that_comes_back_in_an_error_is_masked() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .once("tools/list", x -> x.error(-32000, "no tools for Bearer token-canary"))) {
      Failure failure = failure(target(server.url(), TOKEN));
      is(failure, Stage.LIST, FailureKind.LIST_ERROR);
      assertThat(failure.message()).contains("no tools for Bearer");
    }
  }

  @Test
  void a_fetched_token_goes_with_every_request_and_is_masked() {
    try (FakeMcpServer server =
        guarded("Authorization", "Bearer fetched-canary", "WWW-Authenticate: Bearer")) {
      server
          .page(
              "/token",
              x ->
                  x.answer(
                      200,
                      "application/json",
                      "{\"access_token\":\"fetched-canary\",\"token_type\":\"Bearer\"}"))
          .on("tools/list", x -> x.error(-32000, "no tools for fetched-canary"));
      Credentials client =
          new Credentials.OAuthClientCredentials(
              "me",
              new Secret("client-canary"),
              null,
              null,
              URI.create(server.url("/token")),
              null);
      Failure failure = failure(target(server.url(), client));
      is(failure, Stage.LIST, FailureKind.LIST_ERROR);
      assertThat(failure.message()).contains("no tools for");
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_session_id_that_comes_back_in_an_error_is_masked() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/list",
                x ->
                    x.answer(
                        404,
                        "text/plain",
                        "no session " + x.request().header("Mcp-Session-Id") + " here"))) {
      Failure failure = failure(target(server.url()));
      is(failure, Stage.LIST, FailureKind.SESSION_LOST);
      assertThat(failure.message()).contains("no session", "here");
    }
  }

  @Test
  void too_small_a_scope() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on(
                "tools/list",
                x ->
                    x.header(
                            "WWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"tools:read\"")
                        .answer(403, "text/plain", ""))) {
      Failure failure = failure(target(server.url(), TOKEN));
      is(failure, Stage.AUTH, FailureKind.INSUFFICIENT_SCOPE);
      assertThat(failure.message()).contains("tools:read");
      assertThat(server.ended()).isEqualTo(1);
    }
  }

  @Test
  void refused_by_policy() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on("*", x -> x.answer(403, "text/plain", "Access is only allowed at localhost"))) {
      Failure failure = failure(target(server.url()));
      is(failure, Stage.AUTH, FailureKind.FORBIDDEN);
      assertThat(failure.message()).contains("only allowed at localhost");
    }
  }

  static Stream<Arguments> goodCredentials() {
    return Stream.of(
        Arguments.of(TOKEN, "Authorization", "Bearer token-canary"),
        Arguments.of(
            new Credentials.ApiKey("X-Api-Key", new Secret("key-canary")),
            "X-Api-Key",
            "key-canary"),
        Arguments.of(
            new Credentials.Basic("me", new Secret("password-canary")),
            "Authorization",
            "Basic bWU6cGFzc3dvcmQtY2FuYXJ5"),
        Arguments.of(
            new Credentials.Headers(Map.of("X-Mine", new Secret("mine-canary"))),
            "X-Mine",
            "mine-canary"));
  }

  @ParameterizedTest
  @MethodSource("goodCredentials")
  void good_credentials_go_with_every_request(Credentials credentials, String name, String value) {
    try (FakeMcpServer server = guarded(name, value, "WWW-Authenticate: Bearer")) {
      healthy(target(server.url(), credentials));
      for (RawRequest each : server.requests()) {
        assertThat(each.header(name)).isEqualTo(value);
        assertThat(each.header("X-Extra")).isEqualTo("extra-canary");
      }
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_correct_challenge_is_healthy_where_one_is_expected() {
    try (FakeMcpServer server = withMetadata()) {
      Outcome outcome = prober.look(expecting(server.url()), dev.pharos.trace.WireTap.none());
      assertThat(outcome).isInstanceOf(Outcome.Passed.class);
      Observation seen = outcome.seen();
      assertThat(seen.findings()).isEmpty();
    }
  }

  @Test
  void an_open_door_where_a_challenge_is_expected() {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      is(failure(expecting(server.url())), Stage.AUTH, FailureKind.CHALLENGE_MISSING);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_bare_401_where_a_challenge_is_expected() {
    try (FakeMcpServer server =
        FakeMcpServer.start().on("*", x -> x.answer(401, "text/plain", ""))) {
      is(failure(expecting(server.url())), Stage.AUTH, FailureKind.CHALLENGE_MISSING);
    }
  }

  @Test
  void an_outage_where_a_challenge_is_expected() {
    try (FakeMcpServer server =
        FakeMcpServer.start().on("*", x -> x.answer(503, "text/plain", ""))) {
      is(failure(expecting(server.url())), Stage.HTTP, FailureKind.HTTP_503);
    }
  }

  private static Target expecting(String url) {
    Target target = target(url);
    return new Target(
        target.name(),
        target.transport(),
        target.credentials(),
        target.extraHeaders(),
        Expectation.AUTH_CHALLENGE,
        target.timeout());
  }
}
