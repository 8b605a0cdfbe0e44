package dev.pharos.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names under which we may be addressed. A browser that was led to us under another name (DNS
 * rebinding) is told from one that means us, and a page of ours from one of somebody else.
 * Immutable.
 */
final class Hosts {
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::\\d{1,5})?");

  private static final Pattern LITERAL = Pattern.compile("\\[.*]|[0-9.]+");

  private final Set<String> names;
  private final Set<String> origins;

  /** Bound to every address, we are addressed by any of them; addresses cannot be rebound. */
  private final boolean anyAddress;

  private Hosts(Set<String> names, Set<String> origins, boolean anyAddress) {
    this.names = names;
    this.origins = origins;
    this.anyAddress = anyAddress;
  }

  /**
   * The names of a server.
   *
   * @param bound the address or name that it is bound to
   * @param baseUrls under which people reach it otherwise
   */
  static Hosts of(String bound, List<URI> baseUrls) {
    Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    Set<String> origins = new HashSet<>();
    String plain = bound.toLowerCase(Locale.ROOT);
    names.add(plain.contains(":") && !plain.startsWith("[") ? "[" + plain + "]" : plain);
    for (URI url : baseUrls) {
      String host = url.getHost();
      if (host != null) {
        names.add(host.toLowerCase(Locale.ROOT));
        origins.add((url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT));
      }
    }
    return new Hosts(Set.copyOf(names), Set.copyOf(origins), wildcard(plain));
  }

  private static boolean wildcard(String bound) {
    if (!bound.matches("[0-9.]+|.*:.*")) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(bound).isAnyLocalAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether a {@code Host} header means us. */
  boolean allow(@Nullable String authority) {
    if (authority == null) {
      return false;
    }
    Matcher matcher = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return false;
    }
    String name = matcher.group(1);
    return names.contains(name) || (anyAddress && LITERAL.matcher(name).matches());
  }

  /**
   * Whether a page of {@code origin} may talk to us: one that came from us.
   *
   * @param authority the {@code Host} header, which is allowed
   */
  boolean sameOrigin(String origin, String authority) {
    String lower = origin.toLowerCase(Locale.ROOT);
    String own = authority.toLowerCase(Locale.ROOT);
    return lower.equals("http://" + own)
        || lower.equals("https://" + own)
        || origins.contains(lower);
  }
}
