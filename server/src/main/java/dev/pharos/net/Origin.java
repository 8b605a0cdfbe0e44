package dev.pharos.net;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port: what a connection leads to (RFC 6454).
 *
 * @param host lower case; an IPv6 address without brackets
 */
public record Origin(boolean secure, String host, int port) {
  /** The origin of an absolute {@code http} or {@code https} address. */
  public static Origin of(URI url) {
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    String host = url.getHost().toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    return new Origin(secure, host, port);
  }

  /** The value of the {@code Host} header: the port only when it is not the scheme's own. */
  public String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }
}
