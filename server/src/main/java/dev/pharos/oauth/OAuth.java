package dev.pharos.oauth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pharos.net.HttpDialer;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Follows a challenge to a token. Thread-safe; keeps nothing between calls.
 *
 * <p>The addresses on the way are named by the server under test. They are asked without
 * credentials, over https only (or the loopback interface, when the server runs there itself), and
 * never followed to another origin. Where the server cannot be trusted to name the right
 * authorization server, {@link OAuthClient#tokenUrl} pins it.
 */
public final class OAuth {
  /** What is done over the wire. */
  @FunctionalInterface
  private interface Work<T> {
    T through(Web web) throws FailureException;
  }

  private final HttpDialer dialer;
  private final InstantSource clock;

  public OAuth(HttpDialer dialer, InstantSource clock) {
    this.dialer = dialer;
    this.clock = clock;
  }

  /**
   * Finds the metadata of the protected resource {@code mcpUrl}: where the challenge says, else at
   * the two well-known places. Runs in the stage {@code auth} and leaves the look there.
   *
   * @throws FailureException of kind {@code auth_discovery_error}, naming the address that failed
   */
  public ResourceMetadata resource(URI mcpUrl, @Nullable Challenge challenge, Look look)
      throws FailureException {
    return aside(look, Redaction.NONE, web -> new Discovery(web, mcpUrl).resource(challenge));
  }

  /**
   * Gets a token by client credentials, discovering the token endpoint when the client does not
   * name it. Runs in the stage {@code auth} and leaves the look there.
   *
   * @throws FailureException of kind {@code auth_discovery_error} or {@code token_error}, naming
   *     the address that failed; a failure of the network is the cause of one of these
   */
  public AccessToken clientCredentials(
      URI mcpUrl, OAuthClient client, @Nullable Challenge challenge, Look look)
      throws FailureException {
    look.clock().enter(Stage.AUTH);
    Signer signer = signer(client);
    Endpoint endpoint = endpoint(mcpUrl, client, challenge, look);
    return token(client, signer, endpoint, endpoint.scope(client, challenge), look);
  }

  /** Whom we talk to now is not the server under test: times and certificate are kept apart. */
  private <T> T aside(Look look, Redaction redaction, Work<T> work) throws FailureException {
    look.clock().enter(Stage.AUTH);
    Look inner = look.child(Stage.AUTH, new MaskedTap(look.tap(), redaction));
    try {
      return work.through(new Web(dialer, inner));
    } finally {
      look.read(inner.bytesRead());
    }
  }

  private static @Nullable Signer signer(OAuthClient client) throws FailureException {
    String pem = client.privateKeyPem();
    try {
      return pem == null ? null : Signer.of(pem, client.algorithm());
    } catch (UnusableException e) {
      throw new FailureException(FailureKind.TOKEN_ERROR, e.why(), e);
    }
  }

  private Endpoint endpoint(
      URI mcpUrl, OAuthClient client, @Nullable Challenge challenge, Look look)
      throws FailureException {
    URI named = client.tokenUrl();
    if (named == null) {
      return aside(look, Redaction.NONE, web -> new Discovery(web, mcpUrl).endpoint(challenge));
    }
    try {
      AddressRule.forOperator().check(named);
    } catch (UnusableException e) {
      throw new FailureException(FailureKind.TOKEN_ERROR, "the token URL " + e.why(), e);
    }
    return Endpoint.of(named, mcpUrl);
  }

  private AccessToken token(
      OAuthClient client,
      @Nullable Signer signer,
      Endpoint endpoint,
      @Nullable String scope,
      Look look)
      throws FailureException {
    Instant now = clock.instant();
    String where = "token endpoint " + Excerpt.of(endpoint.url()) + ": ";
    AuthMethod method = AuthMethod.choose(client, endpoint.authMethods());
    if (method == null) {
      String offered = Excerpt.of(String.join(", ", endpoint.authMethods()), 100);
      throw new FailureException(
          FailureKind.TOKEN_ERROR,
          where + "takes " + offered + ", but the client has a " + proof(client));
    }
    TokenRequest request = TokenRequest.of(client, method, signer, endpoint, scope, now);
    try {
      byte[] form = request.form().getBytes(US_ASCII);
      Web.Answer answer =
          aside(
              look, request.redaction(), web -> web.post(endpoint.url(), request.headers(), form));
      return new TokenAnswer(answer, request.redaction()).token(now);
    } catch (FailureException e) {
      throw new FailureException(FailureKind.TOKEN_ERROR, where + e.detail(), e, e.retryAfter());
    }
  }

  private static String proof(OAuthClient client) {
    return client.clientSecret() == null ? "private key" : "client secret";
  }
}
