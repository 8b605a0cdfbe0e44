package dev.pharos.oauth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token to be sent as {@code Authorization: Bearer}.
 *
 * @param expiresAt null when the server did not say
 */
public record AccessToken(String value, @Nullable Instant expiresAt) {
  @Override
  public String toString() {
    return "AccessToken[expiresAt=" + expiresAt + "]";
  }
}
