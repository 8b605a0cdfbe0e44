package dev.pharos.probe;

import dev.pharos.fleet.Credentials;
import dev.pharos.mcp.Refusal;
import dev.pharos.net.Header;
import dev.pharos.oauth.AccessToken;
import dev.pharos.oauth.OAuth;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Credentials that are the same in every request: a refusal of them is final. */
final class FixedCredentials implements SignIn {
  private static final String BEARER = "Bearer ";

  private final List<Header> headers;
  private final Refusals refusals;
  private final @Nullable Instant expiresAt;

  FixedCredentials(Credentials credentials, URI url, OAuth oauth) {
    this.headers = headers(credentials);
    this.expiresAt = end(headers);
    this.refusals = new Refusals(url, oauth, !headers.isEmpty());
  }

  @Override
  public List<Header> headers(Look look) {
    return headers;
  }

  @Override
  public boolean refused(Refusal refusal, Look look) throws FailureException {
    throw refusals.meaning(refusal, look);
  }

  @Override
  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  /** Of a bearer token, however it was configured. */
  private static @Nullable Instant end(List<Header> headers) {
    for (Header header : headers) {
      String value = header.value();
      if (header.name().equalsIgnoreCase("Authorization")
          && value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        return AccessToken.given(value.substring(BEARER.length()).strip()).expiresAt();
      }
    }
    return null;
  }

  private static List<Header> headers(Credentials credentials) {
    return switch (credentials) {
      case Credentials.None _ -> List.of();
      case Credentials.Bearer bearer -> one("Authorization", BEARER + bearer.token().reveal());
      case Credentials.ApiKey key -> one(key.header(), key.key().reveal());
      case Credentials.Basic basic -> one("Authorization", "Basic " + encode(basic));
      case Credentials.Headers free -> {
        List<Header> list = new ArrayList<>();
        free.headers().forEach((name, value) -> list.add(new Header(name, value.reveal())));
        yield List.copyOf(list);
      }
      case Credentials.OAuthClientCredentials _ ->
          throw new IllegalArgumentException("tokens are fetched, not fixed");
    };
  }

  private static String encode(Credentials.Basic basic) {
    String pair = basic.username() + ":" + basic.password().reveal();
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Header> one(String name, String value) {
    return List.of(new Header(name, value));
  }
}
