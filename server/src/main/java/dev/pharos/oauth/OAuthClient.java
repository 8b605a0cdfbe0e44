package dev.pharos.oauth;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A registered client and how it proves itself: exactly one of secret and private key.
 *
 * @param privateKeyPem PKCS #8, for {@code private_key_jwt}
 * @param algorithm {@code ES256} or {@code RS256}; null chooses by the key
 * @param tokenUrl null discovers it
 * @param scope null takes what the challenge or the metadata name
 */
public record OAuthClient(
    String clientId,
    @Nullable String clientSecret,
    @Nullable String privateKeyPem,
    @Nullable String algorithm,
    @Nullable URI tokenUrl,
    @Nullable String scope) {
  public OAuthClient {
    if ((clientSecret == null) == (privateKeyPem == null)) {
      throw new IllegalArgumentException("give either a client secret or a private key");
    }
  }

  @Override
  public String toString() {
    return "OAuthClient[" + clientId + "]";
  }
}
