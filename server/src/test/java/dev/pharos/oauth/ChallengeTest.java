package dev.pharos.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChallengeTest {
  static List<Arguments> headers() {
    return List.of(
        row("", List.of()),
        row(" , ,", List.of()),
        row("Bearer", List.of(challenge("Bearer"))),
        row("Bearer realm=\"a\"", List.of(challenge("Bearer", "realm", "a"))),
        row("bearer REALM=a", List.of(challenge("bearer", "realm", "a"))),
        row("Bearer realm = \"a\" , x = y", List.of(challenge("Bearer", "realm", "a", "x", "y"))),
        row(
            "Bearer realm=\"a, b=\\\"c\\\\\", error=e",
            List.of(challenge("Bearer", "realm", "a, b=\"c\\", "error", "e"))),
        row("Bearer realm=\"\"", List.of(challenge("Bearer", "realm", ""))),
        row(
            "Basic realm=\"x\", Bearer scope=\"a b\"",
            List.of(challenge("Basic", "realm", "x"), challenge("Bearer", "scope", "a b"))),
        row(
            "Negotiate, Basic realm=x",
            List.of(challenge("Negotiate"), challenge("Basic", "realm", "x"))),
        row(
            "Negotiate dG9rZW4=, Bearer error=\"invalid_token\"",
            List.of(challenge("Negotiate"), challenge("Bearer", "error", "invalid_token"))),
        row(
            "Bearer scope=a, NTLM TlRM==, , Basic realm=b",
            List.of(
                challenge("Bearer", "scope", "a"),
                challenge("NTLM"),
                challenge("Basic", "realm", "b"))),
        row("Bearer a=1 b=\"2\"", List.of(challenge("Bearer", "a", "1", "b", "2"))),
        row(
            "Bearer resource_metadata=https://h/x?y=z, scope=s",
            List.of(challenge("Bearer", "resource_metadata", "https://h/x?y=z", "scope", "s"))),
        row("Bearer a=1, A=2", List.of(challenge("Bearer", "a", "1"))),
        row("Bearer a=1, b=\"open", List.of(challenge("Bearer", "a", "1"))),
        row("Bearer a=1, b=\"open\\", List.of(challenge("Bearer", "a", "1"))),
        row("Bearer a=, b=2", List.of(challenge("Bearer", "b", "2"))),
        row("=\"a, Bearer\", Basic realm=x", List.of(challenge("Basic", "realm", "x"))),
        row("{\"error\": \"a\"}, Bearer", List.of(challenge("Bearer"))),
        row("realm=\"x\", Bearer b=c", List.of(challenge("Bearer", "b", "c"))),
        row("\"", List.of()),
        row("\u0000\u20ac, Bearer", List.of(challenge("Bearer"))));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void reads_what_the_grammar_allows_and_leaves_out_the_rest(
      String header, List<Challenge> expected) {
    assertThat(Challenge.parse(List.of(header))).isEqualTo(expected);
  }

  @Test
  void joins_the_challenges_of_several_headers() {
    assertThat(Challenge.parse(List.of("Basic realm=a", "Bearer realm=b")))
        .containsExactly(challenge("Basic", "realm", "a"), challenge("Bearer", "realm", "b"));
  }

  @Test
  void finds_the_first_bearer_challenge_in_any_case() {
    List<String> headers = List.of("Basic realm=a, BEARER scope=b", "Bearer scope=c");
    Challenge bearer = Challenge.bearer(headers);
    assertThat(bearer).isNotNull();
    assertThat(bearer.parameter("scope")).isEqualTo("b");
    assertThat(bearer.parameter("realm")).isNull();
    assertThat(Challenge.bearer(List.of("Basic realm=Bearer"))).isNull();
  }

  @Test
  void bounds_what_it_keeps() {
    String many = String.join(",", Collections.nCopies(5_000, "A"));
    assertThat(Challenge.parse(List.of(many))).hasSize(16);
    assertThat(Challenge.parse(Collections.nCopies(5_000, "A"))).hasSize(16);
    StringBuilder wide = new StringBuilder("Bearer ");
    for (int i = 0; i < 1_000; i++) {
      wide.append("p").append(i).append("=1,");
    }
    assertThat(Challenge.parse(List.of(wide.toString())).getFirst().parameters()).hasSize(32);
    assertThat(Challenge.parse(List.of("Bearer a=\"" + "x".repeat(1_000_000) + "\"")))
        .containsExactly(challenge("Bearer"));
  }

  @Test
  void never_throws_whatever_comes() {
    long seed = 20261122;
    Random random = new Random(seed);
    String alphabet = "aB1=,\" \t\\/;{\u00e4\u0000";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(Challenge.parse(List.of(text.toString())))
          .as("seed %d, text %s", seed, text)
          .allSatisfy(challenge -> assertThat(challenge.scheme()).isNotEmpty());
    }
  }

  private static Arguments row(String header, List<Challenge> expected) {
    return Arguments.of(header, expected);
  }

  private static Challenge challenge(String scheme, String... pairs) {
    return switch (pairs.length) {
      case 0 -> new Challenge(scheme, Map.of());
      case 2 -> new Challenge(scheme, Map.of(pairs[0], pairs[1]));
      default -> new Challenge(scheme, Map.of(pairs[0], pairs[1], pairs[2], pairs[3]));
    };
  }
}
