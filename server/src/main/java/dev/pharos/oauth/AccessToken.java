package dev.pharos.oauth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token to be sent as {@code Authorization: Bearer}.
 *
 * @param expiresAt null when the server did not say
 */
public record AccessToken(String value, @Nullable Instant expiresAt) {
  /**
   * A token that somebody else fetched. Where it is a JWT (RFC 7519) with a readable claim {@code
   * exp}, that is its end; nothing is verified, it is for people to read.
   */
  public static AccessToken given(String value) {
    return new AccessToken(value, JwtEnd.of(value));
  }

  @Override
  public String toString() {
    return "AccessToken[expiresAt=" + expiresAt + "]";
  }
}
