package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.trace.WireTap.Direction;
import dev.pharos.view.Mask;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  private static final Mask STRANGER = Mask.of(Looks.TARGET);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer canary",
        "authorization:canary",
        "Proxy-Authorization: Basic canary==",
        "Cookie: a=canary; b=canary",
        "Set-Cookie: sid=canary; HttpOnly",
        "Mcp-Session-Id: canary",
        "X-Api-Key: canary",
        "apikey: canary",
        "X-Auth: canary",
        "X-Goog-Secret-Thing: canary",
        "GET /mcp?sessionId=canary&x=1 HTTP/1.1",
        "data: /messages/?session_id=canary",
        "http://h/mcp?api_key=canary",
        "grant_type=client_credentials&client_id=me&client_secret=canary&scope=a",
        "client_assertion=canary&client_assertion_type=x",
        "refresh_token=canary",
        "{\"access_token\": \"canary\", \"expires_in\":1}",
        "{\"refresh_token\":\"can\\\"ary canary\"}",
        "{\"text\":\"{\\\"client_secret\\\":\\\"can\\\\\\\"ary canary\\\"}\"}",
        "{\"sessionId\":\"canary\"}",
        "{\"text\":\"{\\\"client_secret\\\": \\\"canary\\\"}\"}",
        "{\"access_token\":\"canary",
      })
  void what_stands_where_secrets_stand_is_hidden(String text) {
    assertThat(STRANGER.hide(text))
        .contains(Mask.DOTS)
        .doesNotContain("canary")
        .doesNotContain("ary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WWW-Authenticate: Bearer error=\"invalid_token\", resource_metadata=\"https://h/x\"",
        "Content-Type: application/json",
        "{\"name\":\"get-tiny-image\",\"inputSchema\":{\"properties\":{\"password\":{\"type\":\"string\"}}}}",
        "{\"token_endpoint\":\"https://as/token\"}",
        "POST /mcp HTTP/1.1",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"nextCursor\":\"abc\"}}",
      })
  void what_is_no_secret_stays(String text) {
    assertThat(STRANGER.hide(text)).isEqualTo(text);
  }

  static Stream<Credentials> credentials() {
    return Stream.of(
        new Credentials.Bearer(new Secret("canary-Ä\"1")),
        new Credentials.ApiKey("X-Key", new Secret("canary-Ä\"1")),
        new Credentials.Basic("me", new Secret("canary-Ä\"1")),
        new Credentials.Headers(Map.of("X-Any", new Secret("Custom canary-Ä\"1"))),
        new Credentials.OAuthClientCredentials(
            "me", new Secret("canary-Ä\"1"), null, null, null, null));
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void a_known_secret_is_hidden_wherever_and_however_it_stands(Credentials credentials) {
    Mask mask = Mask.of(target(credentials));

    assertThat(mask.hide("you sent canary-Ä\"1!")).isEqualTo("you sent ••••!");
    assertThat(mask.hide("{\"a\":\"canary-Ä\\\"1\"}")).isEqualTo("{\"a\":\"••••\"}");
    assertThat(mask.hide("x=canary-%C3%84%221")).isEqualTo("x=••••");
    assertThat(mask.hide("at " + base64("canary-Ä\"1"))).isEqualTo("at ••••");
  }

  @Test
  void a_pair_of_user_and_password_is_hidden_in_its_wire_form() {
    Mask basic = Mask.of(target(new Credentials.Basic("me", new Secret("canary"))));
    Mask header =
        Mask.of(
            target(
                new Credentials.Headers(
                    Map.of("Authorization", new Secret("Basic " + base64("me:canary"))))));

    for (Mask mask : List.of(basic, header)) {
      assertThat(mask.hide("got " + base64("me:canary"))).isEqualTo("got ••••");
      assertThat(mask.hide("no user me with canary")).isEqualTo("no user me with ••••");
    }
  }

  @Test
  void extra_headers_variables_and_private_keys_are_secrets_too() {
    Target http =
        new Target(
            "t",
            Looks.TARGET.transport(),
            new Credentials.OAuthClientCredentials(
                "id",
                null,
                new Secret("-----BEGIN-----\ncanaryA\ncanaryB\n-----END-----"),
                null,
                null,
                null),
            Map.of("X-Tenant", new Secret("canaryC")),
            Expectation.TOOLS,
            Duration.ofSeconds(1));
    Target stdio =
        Target.of(
            "s",
            new Transport.Stdio(
                List.of("x"), Map.of("KEY", new Secret("canaryD"), "N", new Secret("1")), null));

    assertThat(Mask.of(http).hide("canaryA canaryB canaryC")).isEqualTo("•••• •••• ••••");
    assertThat(Mask.of(stdio).hide("canaryD 1")).isEqualTo("•••• 1");
  }

  @Test
  void a_body_of_megabytes_is_masked_without_harm() {
    String huge = "\\u0041a".repeat(500_000);

    assertThat(STRANGER.hide("{\"access_token\":\"" + huge + "\",\"b\":1}"))
        .isEqualTo("{\"access_token\":\"••••\",\"b\":1}");
  }

  @Test
  void the_tap_shows_when_which_way_and_what() {
    StringWriter err = new StringWriter();
    AtomicLong nanos = new AtomicLong(1_000);
    MaskingTap tap =
        new MaskingTap(
            new PrintWriter(err),
            STRANGER,
            new Style(false, StandardCharsets.UTF_8),
            nanos::get,
            "");

    tap.heard(
        Direction.SENT, "http", "POST /mcp HTTP/1.1\r\nAuthorization: Bearer canary\r\n\r\n{}");
    nanos.addAndGet(12_340_000);
    tap.heard(Direction.RECEIVED, "stdout", "{\"a\":\"\u001b[2J\"}");
    tap.heard(Direction.NOTE, "stdin", "");

    assertThat(err)
        .hasToString(
            """
                 0.0 ms → http   POST /mcp HTTP/1.1
                                 Authorization: Bearer ••••

                                 {}
                12.3 ms ← stdout {"a":"\\u001b[2J"}
                12.3 ms · stdin
            """);
  }

  @Test
  void a_long_body_is_cut_and_says_so() {
    StringWriter err = new StringWriter();
    MaskingTap tap =
        new MaskingTap(
            new PrintWriter(err),
            STRANGER,
            new Style(false, StandardCharsets.UTF_8),
            () -> 0,
            "name");

    tap.heard(Direction.RECEIVED, "http", "x".repeat(20_000));

    assertThat(err.toString()).startsWith("name  ").contains("[cut: 3616 more characters]");
    assertThat(err.toString().length()).isLessThan(17_000);
  }

  @Test
  void verbose_goes_to_stderr_and_masks_the_given_token() {
    TestShell shell = new TestShell();
    Looker looker =
        (_, tap) -> {
          tap.heard(Direction.SENT, "http", "the canary-token in a body");
          return Looks.healthy();
        };

    shell.run(looker, "check", "http://h/", "--verbose", "--bearer", "canary-token");
    assertThat(shell.err()).contains("→ http   the •••• in a body");
    assertThat(shell.out()).startsWith("✔ healthy");
  }

  private static Target target(Credentials credentials) {
    return new Target(
        "t",
        Looks.TARGET.transport(),
        credentials,
        Map.of(),
        Expectation.TOOLS,
        Duration.ofSeconds(1));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
