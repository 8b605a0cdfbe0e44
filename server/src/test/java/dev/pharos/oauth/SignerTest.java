package dev.pharos.oauth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SignerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @CsvSource({"EC, 256, ES256, SHA256withECDSAinP1363Format", "RSA, 2048, RS256, SHA256withRSA"})
  void an_assertion_verifies_with_the_public_key_and_says_who_asks_whom(
      String family, int bits, String algorithm, String verifier) throws Exception {
    KeyPair pair = Keys.pair(family, bits);
    Signer signer = Signer.of(Keys.pem(pair), null);
    String[] parts = Assertion.of(signer, "me", "https://as.test", NOW).split("\\.", -1);
    assertThat(parts).hasSize(3);

    Signature signature = Signature.getInstance(verifier);
    signature.initVerify(pair.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();

    assertThat(json(parts[0]).path("alg").stringValue()).isEqualTo(algorithm);
    JsonNode claims = json(parts[1]);
    assertThat(claims.path("iss").stringValue()).isEqualTo("me");
    assertThat(claims.path("sub").stringValue()).isEqualTo("me");
    assertThat(claims.path("aud").stringValue()).isEqualTo("https://as.test");
    assertThat(claims.path("iat").asLong()).isEqualTo(NOW.getEpochSecond());
    assertThat(claims.path("exp").asLong()).isEqualTo(NOW.getEpochSecond() + 300);
  }

  @Test
  void no_two_assertions_share_an_id() throws Exception {
    Signer signer = Signer.of(Keys.pem(Keys.pair("EC", 256)), "ES256");
    assertThat(id(Assertion.of(signer, "me", "a", NOW)))
        .isNotEmpty()
        .isNotEqualTo(id(Assertion.of(signer, "me", "a", NOW)));
  }

  @Test
  void a_key_may_carry_its_line_ends_as_text() throws Exception {
    String pem = Keys.pem(Keys.pair("EC", 256));
    assertThat(Signer.of(pem.replace("\n", "\\n"), null).algorithm()).isEqualTo("ES256");
    assertThat(Signer.of("# mine\r\n" + pem.replace("\n", "\r\n"), null).algorithm())
        .isEqualTo("ES256");
  }

  @ParameterizedTest
  @CsvSource({
    "EC, 384, , neither on the curve P-256",
    "RSA, 1024, , neither on the curve P-256",
    "EC, 256, RS256, fits ES256",
    "RSA, 2048, ES256, fits RS256",
  })
  void a_key_that_does_not_fit_is_refused(String family, int bits, String wanted, String why)
      throws GeneralSecurityException {
    String pem = Keys.pem(Keys.pair(family, bits));
    assertThatThrownBy(() -> Signer.of(pem, wanted)).hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "PRIVATE, AAAA, neither an EC nor an RSA key",
    "PRIVATE, canary-!!, damaged",
    "EC PRIVATE, canary, not in the PKCS #8 form",
    "RSA PRIVATE, canary, not in the PKCS #8 form",
    "ENCRYPTED PRIVATE, canary, encrypted",
    "PUBLIC, canary, no PEM",
  })
  void a_key_that_cannot_be_read_is_explained_and_not_quoted(String kind, String body, String why) {
    String pem = "-----BEGIN " + kind + " KEY-----\n" + body + "\n-----END " + kind + " KEY-----\n";
    assertThatThrownBy(() -> Signer.of(pem, null))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("canary");
  }

  private static String id(String assertion) {
    return json(assertion.split("\\.", -1)[1]).path("jti").asString("");
  }

  private static JsonNode json(String part) {
    return requireNonNull(Json.object(Base64.getUrlDecoder().decode(part)));
  }
}
