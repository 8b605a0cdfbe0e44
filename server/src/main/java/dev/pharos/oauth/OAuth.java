package dev.pharos.oauth;

import dev.pharos.net.HttpDialer;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Follows a challenge to a token. Thread-safe; keeps nothing between calls. */
public final class OAuth {
  private final HttpDialer dialer;
  private final InstantSource clock;

  public OAuth(HttpDialer dialer, InstantSource clock) {
    this.dialer = dialer;
    this.clock = clock;
  }

  /**
   * Finds the metadata of the protected resource {@code mcpUrl}: where the challenge says, else at
   * the two well-known places.
   *
   * @throws FailureException of kind {@code auth_discovery_error}, naming the address that failed
   */
  public ResourceMetadata resource(URI mcpUrl, @Nullable Challenge challenge, Look look)
      throws FailureException {
    throw new UnsupportedOperationException("" + dialer + clock + mcpUrl + challenge + look);
  }

  /**
   * Gets a token by client credentials, discovering the token endpoint when the client does not
   * name it. Runs in the stage {@code auth}.
   *
   * @throws FailureException of kind {@code auth_discovery_error} or {@code token_error}, or of the
   *     network
   */
  public AccessToken clientCredentials(
      URI mcpUrl, OAuthClient client, @Nullable Challenge challenge, Look look)
      throws FailureException {
    throw new UnsupportedOperationException(
        "" + dialer + clock + mcpUrl + challenge + look + client);
  }
}
