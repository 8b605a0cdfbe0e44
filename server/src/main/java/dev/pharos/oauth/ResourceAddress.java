package dev.pharos.oauth;

import dev.pharos.net.Origin;
import java.net.URI;

/**
 * The address of an MCP server in its role as the name of a protected resource (RFC 8707, RFC
 * 9728): scheme and host in lower case, no default port, no query, no fragment, no slash at the
 * end. A query is left out because it may hold a key.
 */
record ResourceAddress(Origin origin, String path) {
  static ResourceAddress of(URI url) {
    return new ResourceAddress(Origin.of(url), pathOf(url));
  }

  /** The path without slashes at its end; empty for the root. */
  static String pathOf(URI url) {
    String path = url.normalize().getRawPath();
    if (path == null) {
      return "";
    }
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** Whether a token for this resource is meant for {@code other}: itself, or something below. */
  boolean covers(ResourceAddress other) {
    return origin.equals(other.origin)
        && (other.path.equals(path) || other.path.startsWith(path + "/"));
  }

  static String text(Origin origin) {
    return (origin.secure() ? "https://" : "http://") + origin.authority();
  }

  @Override
  public String toString() {
    return text(origin) + path;
  }
}
