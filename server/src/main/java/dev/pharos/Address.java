package dev.pharos;

import java.net.InetAddress;
import java.net.URI;

/** From what was bound to what a person may open. */
final class Address {
  private Address() {}

  static URI of(String host, int port) {
    return URI.create("http://" + name(host) + ":" + port + "/");
  }

  /** Bound to every address, this machine's own name for itself is the one that always works. */
  private static String name(String host) {
    String plain = host.replaceAll("^\\[|]$", "");
    try {
      InetAddress address = InetAddress.ofLiteral(plain);
      if (address.isAnyLocalAddress()) {
        return "localhost";
      }
      return plain.contains(":") ? "[" + plain + "]" : plain;
    } catch (IllegalArgumentException e) {
      return plain;
    }
  }

  /** Literals and {@code localhost} only: a name may lead anywhere. */
  static boolean isLoopback(String host) {
    try {
      return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return host.equalsIgnoreCase("localhost");
    }
  }
}
