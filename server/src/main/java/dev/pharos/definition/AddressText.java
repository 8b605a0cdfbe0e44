package dev.pharos.definition;

import dev.pharos.field.Fields;
import dev.pharos.field.TextRule;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.net.AddressGuard;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses and refuses those that may not be watched. Names are not resolved: where a name
 * leads is judged again at each connection.
 */
final class AddressText {
  private static final int MAX_LENGTH = 2048;
  private static final int MAX_PORT = 65_535;

  private AddressText() {}

  /** The address in a field, or null when there is none or it cannot be used. */
  static Transport.@Nullable Http read(
      Fields fields, String key, TransportChoice choice, Rules rules, Kept kept) {
    String given = fields.text(key, TextRule.LINE, MAX_LENGTH);
    String text = given == null ? null : kept.address(fields, key, given);
    if (text == null) {
      return null;
    }
    try {
      Transport.Http http = new Transport.Http(new URI(text.strip()), choice);
      String complaint = complaint(http.url(), rules);
      if (complaint == null) {
        return http;
      }
      fields.wrong(key, complaint);
    } catch (URISyntaxException e) {
      // The exception's own text quotes the address, which may hold a key.
      fields.wrong(key, "is not a valid address: look at character " + (e.getIndex() + 1));
    } catch (IllegalArgumentException e) {
      fields.wrong(key, "cannot be used: " + e.getMessage());
    }
    return null;
  }

  private static @Nullable String complaint(URI url, Rules rules) {
    if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
      return "has no usable port: 1 to 65535";
    }
    String host = url.getHost().toLowerCase(Locale.ROOT);
    InetAddress literal = literal(host);
    if (literal != null && !rules.allowLinkLocal() && AddressGuard.forbidden(literal)) {
      return "is a link-local or cloud-metadata address: allow_link_local would permit it";
    }
    boolean inside =
        literal == null
            ? host.equals("localhost") || host.endsWith(".localhost")
            : AddressGuard.inside(literal);
    return inside && !rules.allowPrivate()
        ? "is a private address: allow_private would permit it"
        : null;
  }

  /** Also of the forms that only C programs and attackers write: {@code 0x7f.1}. */
  private static @Nullable InetAddress literal(String host) {
    // Without its zone, which names an interface of ours: the address is link-local with any.
    String bare =
        host.startsWith("[") ? host.substring(1, host.length() - 1).split("%", 2)[0] : host;
    try {
      return InetAddress.ofLiteral(bare);
    } catch (IllegalArgumentException e) {
      return posix(bare);
    }
  }

  private static @Nullable InetAddress posix(String host) {
    try {
      return Inet4Address.ofPosixLiteral(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
