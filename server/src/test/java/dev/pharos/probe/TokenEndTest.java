package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.testing.FakeMcpServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When the token ends that a server was shown. The token itself is told nowhere. */
class TokenEndTest extends Survival {
  private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");
  private static final String JWT = jwt(END.getEpochSecond());

  private static String jwt(long end) {
    return part("{\"alg\":\"none\"}") + "." + part("{\"exp\":" + end + "}") + "." + CANARY;
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<Arguments> given() {
    return Stream.of(
        Arguments.of(new Credentials.Bearer(new Secret(JWT)), END),
        Arguments.of(
            new Credentials.Headers(Map.of("authorization", new Secret("bearer  " + JWT))), END),
        Arguments.of(
            new Credentials.Headers(Map.of("Authorization", new Secret("Basic " + JWT))), null),
        Arguments.of(new Credentials.ApiKey("X-Api-Key", new Secret(JWT)), null),
        Arguments.of(new Credentials.Bearer(new Secret("token-canary")), null),
        Arguments.of(new Credentials.None(), null));
  }

  @ParameterizedTest
  @MethodSource("given")
  void a_bearer_token_says_so_itself(Credentials credentials, @Nullable Instant end) {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      assertThat(healthy(target(server.url(), credentials)).facts().tokenExpiresAt())
          .isEqualTo(end);
    }
  }

  @Test
  void also_of_a_server_that_cannot_be_reached() {
    Outcome refused =
        look(target("http://127.0.0.1:9/mcp", new Credentials.Bearer(new Secret(JWT))));
    assertThat(refused).isInstanceOf(Outcome.Failed.class);
    assertThat(refused.seen().facts().tokenExpiresAt()).isEqualTo(END);
  }

  @Test
  void a_fetched_token_ends_as_its_giver_says_and_its_successor_takes_its_place() {
    AtomicInteger fetched = new AtomicInteger();
    try (FakeMcpServer server = FakeMcpServer.start()) {
      Target target = fetching(server);
      giving(server, () -> "fetched-canary-" + fetched.incrementAndGet(), ",\"expires_in\":3600");
      admitting(server, fetched);
      try (KeptSession session = prober.keep(target)) {
        Instant before = Instant.now();
        Instant first = end(session, target);
        assertThat(first).isBetween(before.plusSeconds(3_599), Instant.now().plusSeconds(3_600));
        assertThat(end(session, target)).as("kept").isEqualTo(first);

        fetched.incrementAndGet(); // no longer the one that is admitted
        Instant second = end(session, target);
        assertThat(second).as("fetched anew").isAfter(first);

        server.on("*", x -> x.answer(503, "text/plain", ""));
        assertThat(look(session, target, Depth.ALL)).isInstanceOf(Outcome.Failed.class);
        assertThat(look(session, target, Depth.ALL).seen().facts().tokenExpiresAt())
            .as("while it is down")
            .isEqualTo(second);
      }
    }
  }

  @Test
  void a_fetched_token_whose_giver_says_nothing_may_say_so_itself() {
    try (FakeMcpServer server = FakeMcpServer.start()) {
      giving(server, () -> JWT, "");
      server.gate(request ->
          ("Bearer " + JWT).equals(request.header("Authorization"))
              ? null
              : x -> x.header("WWW-Authenticate: Bearer").answer(401, "text/plain", ""));
      assertThat(healthy(fetching(server)).facts().tokenExpiresAt()).isEqualTo(END);
    }
  }

  private Instant end(KeptSession session, Target target) {
    Instant end = passed(look(session, target, Depth.ALL)).facts().tokenExpiresAt();
    return Objects.requireNonNull(end);
  }

  private static Target fetching(FakeMcpServer server) {
    return target(
        server.url(),
        new Credentials.OAuthClientCredentials(
            "me", new Secret("client-canary"), null, null, URI.create(server.url("/token")), null));
  }

  private static void giving(FakeMcpServer server, Supplier<String> token, String more) {
    server.page(
        "/token",
        x ->
            x.answer(
                200,
                "application/json",
                "{\"access_token\":\"%s\",\"token_type\":\"Bearer\"%s}"
                    .formatted(token.get(), more)));
  }

  /** Whoever comes with the newest token. */
  private static void admitting(FakeMcpServer server, AtomicInteger newest) {
    server.gate(request ->
        ("Bearer fetched-canary-" + newest).equals(request.header("Authorization"))
            ? null
            : x -> x.header("WWW-Authenticate: Bearer").answer(401, "text/plain", ""));
  }
}
