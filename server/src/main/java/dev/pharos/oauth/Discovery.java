package dev.pharos.oauth;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The way from a challenge to the token endpoint (RFC 9728, RFC 8414), for one MCP server. */
final class Discovery {
  /** Makes something of a document, or says why not. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(JsonNode document) throws UnusableException;
  }

  /**
   * What a search for one document gave.
   *
   * @param value null when no place had a usable one
   * @param absent whether every place looked as if there never was such a document
   * @param problems one for each place that was tried in vain
   */
  private record Found<T>(@Nullable T value, boolean absent, List<String> problems) {}

  private final Web web;
  private final ResourceAddress mcp;
  private final AddressRule rule;

  Discovery(Web web, URI mcpUrl) {
    this.web = web;
    this.mcp = ResourceAddress.of(mcpUrl);
    this.rule = AddressRule.forServer(mcpUrl);
  }

  ResourceMetadata resource(@Nullable Challenge challenge) throws FailureException {
    Found<ResourceMetadata> found = findResource(challenge);
    ResourceMetadata value = found.value();
    if (value == null) {
      throw noResource(found);
    }
    return value;
  }

  /** The token endpoint of the first authorization server, and what it wants to be told. */
  Endpoint endpoint(@Nullable Challenge challenge) throws FailureException {
    Found<ResourceMetadata> found = findResource(challenge);
    ResourceMetadata resource = found.value();
    if (resource != null) {
      ServerMetadata server = server(resource.authorizationServers().getFirst());
      return Endpoint.of(server, resource.resource(), resource.scopesSupported());
    }
    boolean named = challenge != null && challenge.parameter("resource_metadata") != null;
    if (named || !found.absent()) {
      throw noResource(found);
    }
    return Endpoint.of(ownServer(found), mcp.toString(), List.of());
  }

  private Found<ResourceMetadata> findResource(@Nullable Challenge challenge)
      throws FailureException {
    ResourceDocument document = new ResourceDocument(rule);
    String named = challenge == null ? null : challenge.parameter("resource_metadata");
    if (named == null) {
      return first(WellKnown.resource(mcp), json -> document.read(json, mcp));
    }
    try {
      return first(List.of(rule.read(named)), json -> document.read(json, mcp));
    } catch (UnusableException e) {
      return new Found<>(null, false, List.of("the challenge's resource_metadata " + e.why()));
    }
  }

  private ServerMetadata server(URI issuer) throws FailureException {
    Found<ServerMetadata> found = findServer(issuer);
    ServerMetadata value = found.value();
    if (value == null) {
      throw broken(
          "no usable metadata of the authorization server " + Excerpt.of(issuer), found.problems());
    }
    return value;
  }

  /**
   * Revision 2025-03-26 knows no resource metadata: there the MCP server's own origin is the
   * authorization server, with {@code /token} when it publishes nothing.
   */
  private ServerMetadata ownServer(Found<ResourceMetadata> resource) throws FailureException {
    URI origin = URI.create(ResourceAddress.text(mcp.origin()));
    Found<ServerMetadata> found = findServer(origin);
    ServerMetadata value = found.value();
    if (value == null && !found.absent()) {
      List<String> all = new ArrayList<>(resource.problems());
      all.addAll(found.problems());
      throw broken("no usable metadata of " + mcp, all);
    }
    return value == null ? ServerMetadata.assumed(origin) : value;
  }

  private Found<ServerMetadata> findServer(URI issuer) throws FailureException {
    return first(
        WellKnown.authorizationServer(issuer), json -> ServerMetadata.read(json, issuer, rule));
  }

  private <T> Found<T> first(List<URI> places, Reader<T> reader) throws FailureException {
    List<String> problems = new ArrayList<>();
    boolean absent = true;
    for (URI place : places) {
      try {
        return new Found<>(reader.read(document(place)), false, List.of());
      } catch (UnusableException e) {
        problems.add(Excerpt.of(place) + ": " + e.why());
        absent &= e.absent();
      }
    }
    return new Found<>(null, absent, problems);
  }

  private JsonNode document(URI place) throws UnusableException, FailureException {
    rule.check(place);
    Web.Answer answer = get(place);
    if (answer.status() != 200) {
      throw new UnusableException("HTTP " + answer.status(), answer.status() < 500);
    }
    JsonNode document = Json.object(answer.body());
    if (document == null) {
      // Applications of one page answer every address with that page.
      throw new UnusableException("no JSON object", true);
    }
    return document;
  }

  private Web.Answer get(URI place) throws UnusableException, FailureException {
    try {
      return web.get(place);
    } catch (FailureException e) {
      if (Web.answered(e)) {
        throw new UnusableException(e.detail(), e.kind() != FailureKind.OVERSIZE);
      }
      throw new FailureException(
          FailureKind.AUTH_DISCOVERY_ERROR, Excerpt.of(place) + ": " + e.detail(), e);
    }
  }

  private FailureException noResource(Found<ResourceMetadata> found) {
    return broken("no usable metadata of the protected resource " + mcp, found.problems());
  }

  private static FailureException broken(String what, List<String> problems) {
    return new FailureException(
        FailureKind.AUTH_DISCOVERY_ERROR, what + " (" + String.join("; ", problems) + ")");
  }
}
