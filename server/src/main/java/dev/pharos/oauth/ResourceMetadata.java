package dev.pharos.oauth;

import java.net.URI;
import java.util.List;

/** The part of a protected resource's metadata (RFC 9728) that matters to a client. */
public record ResourceMetadata(
    String resource, List<URI> authorizationServers, List<String> scopesSupported) {
  public ResourceMetadata {
    authorizationServers = List.copyOf(authorizationServers);
    scopesSupported = List.copyOf(scopesSupported);
  }
}
