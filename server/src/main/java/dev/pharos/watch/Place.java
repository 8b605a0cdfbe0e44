package dev.pharos.watch;

import dev.pharos.fleet.Transport;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a server lives, as far as bounds, knocks and blindness care.
 *
 * @param line those with the same one share a bound: a host's name, or all child processes
 * @param door where it can be knocked at; null for a child process
 */
record Place(String line, @Nullable Door door) {
  /** No host is called that. */
  private static final String CHILDREN = "(child processes)";

  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static Place of(Transport transport) {
    return switch (transport) {
      case Transport.Http http -> of(http.url());
      case Transport.Stdio _ -> new Place(CHILDREN, null);
    };
  }

  private static Place of(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : secure ? HTTPS : HTTP;
    return new Place(host, new Door(host.replaceAll("[\\[\\]]", ""), port));
  }

  boolean child() {
    return door == null;
  }

  /** Whether our own network lies between it and us. */
  boolean remote() {
    return door != null && !isLoopback(door.host());
  }

  private static boolean isLoopback(String host) {
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return true;
    }
    boolean literal = host.indexOf(':') >= 0 || NUMBERS.matcher(host).matches();
    if (!literal) {
      return false;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(host);
      return address.isLoopbackAddress() || address.isAnyLocalAddress();
    } catch (IllegalArgumentException e) {
      return false; // no address after all
    }
  }
}
