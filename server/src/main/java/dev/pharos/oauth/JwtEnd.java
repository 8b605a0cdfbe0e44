package dev.pharos.oauth;

import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The end of a token that happens to be a JWT: the claim {@code exp} (RFC 7519 section 4.1.4), in
 * seconds since 1970. The signature is for the server to verify: we have no key, and trust nothing
 * to it.
 */
final class JwtEnd {
  private static final int MAX_LENGTH = 16_384;

  /** The end of the year 9999: what is later is no moment that anybody meant. */
  private static final double LAST = 253_402_300_799.0;

  private JwtEnd() {}

  /** Null when the token is no signed JWT, or does not say. */
  static @Nullable Instant of(String token) {
    String[] parts = token.length() > MAX_LENGTH ? new String[0] : token.split("\\.", -1);
    if (parts.length != 3 || object(parts[0]) == null) {
      return null;
    }
    JsonNode claims = object(parts[1]);
    JsonNode end = claims == null ? null : claims.path("exp");
    return end != null && end.isNumber() ? moment(end.asDouble(-1)) : null;
  }

  private static @Nullable Instant moment(double seconds) {
    return seconds > 0 && seconds <= LAST ? Instant.ofEpochSecond((long) seconds) : null;
  }

  private static @Nullable JsonNode object(String part) {
    try {
      return Json.object(Base64.getUrlDecoder().decode(part));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
