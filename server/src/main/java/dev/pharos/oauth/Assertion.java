package dev.pharos.oauth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The signed statement by which a client proves itself (RFC 7523 section 3). */
final class Assertion {
  static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private Assertion() {}

  /** A fresh assertion, for one use. */
  static String of(Signer signer, String clientId, String audience, Instant now) {
    ObjectNode head = Json.newObject().put("alg", signer.algorithm()).put("typ", "JWT");
    ObjectNode claims =
        Json.newObject()
            .put("iss", clientId)
            .put("sub", clientId)
            .put("aud", audience)
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(LIFETIME).getEpochSecond())
            .put("jti", UUID.randomUUID().toString());
    String signed = base64(Json.bytes(head)) + "." + base64(Json.bytes(claims));
    return signed + "." + base64(signer.sign(signed.getBytes(US_ASCII)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
