package dev.pharos.probe;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Secret;
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
 * A token fetched by client credentials: at the first challenge, again shortly before it expires,
 * and once when it is refused. Belongs to one session; one look uses it at a time.
 */
final class FetchedToken implements SignIn {
  /** A token is renewed this long before its end, but not before three quarters of its life. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final URI url;
  private final OAuth oauth;
  private final OAuthClient client;
  private final InstantSource clock;
  private final Mask mask;
  private @Nullable Challenge challenge;
  private @Nullable Instant renewAt;
  private volatile @Nullable Instant expiresAt;
  private @Nullable Look fetchedIn;
  private boolean fetched;
  private List<Header> headers = List.of();

  FetchedToken(
      Credentials.OAuthClientCredentials credentials,
      URI url,
      OAuth oauth,
      InstantSource clock,
      Mask mask) {
    this.url = url;
    this.oauth = oauth;
    this.clock = clock;
    this.mask = mask;
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
    Instant due = renewAt;
    if (due != null && !clock.instant().isBefore(due)) {
      fetch(look);
    }
    return headers;
  }

  @Override
  public boolean refused(Refusal refusal, Look look) throws FailureException {
    // A token that was fetched in this very look cannot have expired: the server does not want it.
    if (refusal.status() == 403 || fetchedIn == look) {
      throw new Refusals(url, oauth, fetched).meaning(refusal, look);
    }
    Challenge bearer = Challenge.bearer(refusal.challenges());
    if (bearer != null) {
      challenge = bearer;
    }
    fetch(look);
    return true;
  }

  @Override
  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  private void fetch(Look look) throws FailureException {
    Stage stage = look.clock().current();
    AccessToken token = oauth.clientCredentials(url, client, challenge, look);
    look.clock().enter(stage);
    mask.learn(token.value());
    fetched = true;
    fetchedIn = look;
    renewAt = renewal(token.expiresAt());
    // What the token says of itself is for people: the clocks may differ too much to act on it.
    expiresAt = (token.expiresAt() == null ? AccessToken.given(token.value()) : token).expiresAt();
    headers = List.of(new Header("Authorization", "Bearer " + token.value()));
  }

  private @Nullable Instant renewal(@Nullable Instant end) {
    if (end == null) {
      return null;
    }
    Instant now = clock.instant();
    Instant early = end.minus(MARGIN);
    Instant late = now.plus(Duration.between(now, end).multipliedBy(3).dividedBy(4));
    return early.isAfter(late) ? early : late;
  }

  private static @Nullable String reveal(@Nullable Secret secret) {
    return secret == null ? null : secret.reveal();
  }
}
