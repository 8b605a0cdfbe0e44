package dev.pharos.oauth;

import dev.pharos.net.Origin;
import java.net.URI;
import java.util.List;

/** Where metadata is looked for when nobody says where it is (RFC 9728, RFC 8414, OpenID). */
final class WellKnown {
  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  private WellKnown() {}

  static List<URI> resource(ResourceAddress mcp) {
    URI root = at(mcp.origin(), RESOURCE);
    return mcp.path().isEmpty()
        ? List.of(root)
        : List.of(at(mcp.origin(), RESOURCE + mcp.path()), root);
  }

  static List<URI> authorizationServer(URI issuer) {
    Origin origin = Origin.of(issuer);
    String path = ResourceAddress.pathOf(issuer);
    if (path.isEmpty()) {
      return List.of(at(origin, OAUTH), at(origin, OPENID));
    }
    return List.of(at(origin, OAUTH + path), at(origin, OPENID + path), at(origin, path + OPENID));
  }

  private static URI at(Origin origin, String path) {
    return URI.create(ResourceAddress.text(origin) + path);
  }
}
