package dev.pharos.probe;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Secret;
import dev.pharos.mcp.Authorizer;
import dev.pharos.mcp.Refusal;
import dev.pharos.net.Header;
import dev.pharos.oauth.AccessToken;
import dev.pharos.oauth.Challenge;
import dev.pharos.oauth.OAuth;
import dev.pharos.oauth.OAuthClient;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token fetched by client credentials: at the first challenge, again shortly before it expires, and once when it is
 * refused. Belongs to one session; one look uses it at a time.
 */
final class FetchedToken implements Authorizer {
  /** A token is renewed this long before its end, so that it does not expire on the way. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final URI url;
  private final OAuth oauth;
  private final OAuthClient client;
  private final InstantSource clock;
  private @Nullable Challenge challenge;
  private @Nullable AccessToken token;
  private List<Header> headers = List.of();

  FetchedToken(
      Credentials.OAuthClientCredentials credentials, URI url, OAuth oauth, InstantSource clock) {
    this.url = url;
    this.oauth = oauth;
    this.clock = clock;
    this.client =
        new OAuthClient(
            credentials.clientId(),
            reveal(credentials.clientSecret()),
            reveal(credentials.privateKey()),
            credentials.signingAlgorithm(),
            credentials.tokenUrl(),
            credentials.scope());
  }

  @Override
  public List<Header> headers(Look look) throws FailureException {
    AccessToken current = token;
    if (current != null && expiring(current)) {
      fetch(look);
    }
    return headers;
  }

  @Override
  public boolean refused(Refusal refusal, Look look) throws FailureException {
    boolean had = token != null;
    Challenge bearer = Challenge.bearer(refusal.challenges());
    if (refusal.status() == 403 || (had && fresh)) {
      throw new Refusals(url, oauth, had).meaning(refusal, look);
    }
    if (bearer != null) {
      challenge = bearer;
    }
    fetch(look);
    return true;
  }

  private boolean fresh;

  private void fetch(Look look) throws FailureException {
    Stage stage = look.clock().current();
    AccessToken fetched = oauth.clientCredentials(url, client, challenge, look);
    look.clock().enter(stage);
    token = fetched;
    fresh = true;
    headers = List.of(new Header("Authorization", "Bearer " + fetched.value()));
  }

  /** A look ended well with the token: when it is refused later, it has probably expired or was revoked. */
  void proven() {
    fresh = false;
  }

  private boolean expiring(AccessToken current) {
    Instant end = current.expiresAt();
    return end != null && clock.instant().plus(MARGIN).isAfter(end);
  }

  private static @Nullable String reveal(@Nullable Secret secret) {
    return secret == null ? null : secret.reveal();
  }
}
