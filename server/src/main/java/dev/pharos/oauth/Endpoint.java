package dev.pharos.oauth;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a token is asked for.
 *
 * @param audience of an assertion: the issuer, or the endpoint itself when only that is known
 * @param authMethods empty when the server did not say
 * @param resource the token is for; as its metadata writes it, since servers compare letters
 * @param scopes the resource knows, for a client that names none
 */
record Endpoint(
    URI url, String audience, List<String> authMethods, String resource, List<String> scopes) {
  static Endpoint of(ServerMetadata server, String resource, List<String> scopes) {
    return new Endpoint(
        server.tokenEndpoint(), server.issuer(), server.authMethods(), resource, scopes);
  }

  /** The endpoint that the operator named: nothing else is known of its server. */
  static Endpoint of(URI tokenUrl, URI mcpUrl) {
    return new Endpoint(
        tokenUrl, tokenUrl.toString(), List.of(), ResourceAddress.of(mcpUrl).toString(), List.of());
  }

  /** The first of: what the client wants, what the challenge asks for, what the resource knows. */
  @Nullable String scope(OAuthClient client, @Nullable Challenge challenge) {
    String wanted = client.scope();
    if (wanted != null && !wanted.isBlank()) {
      return wanted.strip();
    }
    String asked = challenge == null ? null : challenge.parameter("scope");
    if (asked != null && !asked.isBlank()) {
      return asked.strip();
    }
    return scopes.isEmpty() ? null : String.join(" ", scopes);
  }
}
