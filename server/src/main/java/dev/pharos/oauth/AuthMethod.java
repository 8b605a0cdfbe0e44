package dev.pharos.oauth;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a client proves itself at the token endpoint; the better way first. */
enum AuthMethod {
  CLIENT_SECRET_BASIC,
  CLIENT_SECRET_POST,
  PRIVATE_KEY_JWT;

  /** The registered name. */
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The best way that both sides know, or null.
   *
   * @param offered empty when the server did not say
   */
  static @Nullable AuthMethod choose(OAuthClient client, List<String> offered) {
    boolean secret = client.clientSecret() != null;
    if (offered.isEmpty()) {
      return secret ? CLIENT_SECRET_BASIC : PRIVATE_KEY_JWT;
    }
    for (AuthMethod method : values()) {
      if (secret == (method != PRIVATE_KEY_JWT) && offered.contains(method.wire())) {
        return method;
      }
    }
    return null;
  }
}
