package dev.pharos.oauth;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads and checks a protected resource's metadata (RFC 9728 sections 2 and 3.3). */
final class ResourceDocument {
  private static final int MAX_SERVERS = 16;
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");

  private final AddressRule rule;

  ResourceDocument(AddressRule rule) {
    this.rule = rule;
  }

  ResourceMetadata read(JsonNode document, ResourceAddress mcp) throws UnusableException {
    String resource = Json.string(document, "resource");
    if (resource == null) {
      throw new UnusableException("names no resource", false);
    }
    URI named = rule.read(resource);
    if (named.getRawFragment() != null || !ResourceAddress.of(named).covers(mcp)) {
      throw new UnusableException(
          "is for the resource “" + Excerpt.of(named) + "”, which does not cover " + mcp, false);
    }
    return new ResourceMetadata(resource, issuers(document), scopes(document));
  }

  private List<URI> issuers(JsonNode document) throws UnusableException {
    List<URI> issuers = new ArrayList<>();
    for (String issuer : Json.strings(document, "authorization_servers")) {
      if (issuers.size() < MAX_SERVERS) {
        issuers.add(issuer(issuer));
      }
    }
    if (issuers.isEmpty()) {
      throw new UnusableException("names no authorization server", false);
    }
    return issuers;
  }

  private URI issuer(String text) throws UnusableException {
    try {
      URI issuer = rule.read(text);
      if (issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
        throw new UnusableException("“" + Excerpt.of(issuer) + "” has a query or fragment", false);
      }
      return issuer;
    } catch (UnusableException e) {
      throw new UnusableException("names an unusable authorization server: " + e.why(), e);
    }
  }

  private static List<String> scopes(JsonNode document) {
    return Json.strings(document, "scopes_supported").stream()
        .filter(scope -> SCOPE.matcher(scope).matches())
        .toList();
  }
}
