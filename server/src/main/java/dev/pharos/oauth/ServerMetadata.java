package dev.pharos.oauth;

import java.net.URI;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The part of an authorization server's metadata (RFC 8414) that a machine client needs.
 *
 * @param issuer exactly as the server writes it: it becomes the audience of assertions
 * @param authMethods how clients may prove themselves; empty when the server did not say
 */
record ServerMetadata(String issuer, URI tokenEndpoint, List<String> authMethods) {
  /**
   * @param issuer whose metadata it must be
   */
  static ServerMetadata read(JsonNode document, URI issuer, AddressRule rule)
      throws UnusableException {
    String named = Json.string(document, "issuer");
    if (named == null) {
      throw new UnusableException("names no issuer", false);
    }
    if (!same(named, issuer.toString())) {
      throw new UnusableException("is of another issuer, “" + Excerpt.of(named, 100) + "”", false);
    }
    String endpoint = Json.string(document, "token_endpoint");
    if (endpoint == null) {
      throw new UnusableException("names no token_endpoint", false);
    }
    return new ServerMetadata(
        named,
        rule.read(endpoint),
        Json.strings(document, "token_endpoint_auth_methods_supported"));
  }

  /** The metadata that revision 2025-03-26 assumes of a server that publishes none. */
  static ServerMetadata assumed(URI origin) {
    return new ServerMetadata(origin.toString(), origin.resolve("/token"), List.of());
  }

  /** Equal to the letter, but for the slash of an empty path, which many libraries add. */
  private static boolean same(String one, String other) {
    return one.equals(other) || withRoot(one).equals(withRoot(other));
  }

  private static String withRoot(String issuer) {
    boolean bare = issuer.indexOf('/', issuer.indexOf("://") + 3) < 0;
    return bare ? issuer + "/" : issuer;
  }
}
