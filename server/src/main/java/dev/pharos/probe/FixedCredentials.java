package dev.pharos.probe;

import dev.pharos.fleet.Credentials;
import dev.pharos.mcp.Authorizer;
import dev.pharos.mcp.Refusal;
import dev.pharos.net.Header;
import dev.pharos.oauth.OAuth;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Credentials that are the same in every request: a refusal of them is final. */
final class FixedCredentials implements Authorizer {
  private final List<Header> headers;
  private final Refusals refusals;

  FixedCredentials(Credentials credentials, URI url, OAuth oauth) {
    this.headers = headers(credentials);
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

  private static List<Header> headers(Credentials credentials) {
    return switch (credentials) {
      case Credentials.None _ -> List.of();
      case Credentials.Bearer bearer -> one("Authorization", "Bearer " + bearer.token().reveal());
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
