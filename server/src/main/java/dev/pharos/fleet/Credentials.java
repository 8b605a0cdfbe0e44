package dev.pharos.fleet;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How we identify ourselves to a server over HTTP. Processes get theirs through the environment.
 */
public sealed interface Credentials {
  record None() implements Credentials {}

  record Bearer(Secret token) implements Credentials {}

  record ApiKey(String header, Secret key) implements Credentials {}

  record Basic(String username, Secret password) implements Credentials {}

  /** Free headers; a header named here wins over one of ours with the same name. */
  record Headers(Map<String, Secret> headers) implements Credentials {
    public Headers {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * OAuth 2.1 client credentials (RFC 6749 section 4.4).
   *
   * @param clientSecret for {@code client_secret_basic} and {@code client_secret_post}; null with a
   *     private key
   * @param privateKey PEM (PKCS #8) for {@code private_key_jwt} (RFC 7523); null with a secret
   * @param signingAlgorithm of the private key, {@code ES256} or {@code RS256}; null chooses by the
   *     key
   * @param tokenUrl the token endpoint; null discovers it (RFC 9728, RFC 8414)
   * @param scope space-separated; null takes what the challenge or the metadata name
   */
  record OAuthClientCredentials(
      String clientId,
      @Nullable Secret clientSecret,
      @Nullable Secret privateKey,
      @Nullable String signingAlgorithm,
      @Nullable URI tokenUrl,
      @Nullable String scope)
      implements Credentials {
    public OAuthClientCredentials {
      if ((clientSecret == null) == (privateKey == null)) {
        throw new IllegalArgumentException("give either a client secret or a private key");
      }
    }
  }
}
