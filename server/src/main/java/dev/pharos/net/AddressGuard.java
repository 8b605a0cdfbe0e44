package dev.pharos.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/**
 * Knows the addresses that hand out a machine's own credentials: link-local ones (RFC 3927, RFC
 * 4291 section 2.5.6), where most clouds put their metadata service, and the metadata services
 * elsewhere. Loopback and private addresses are fine as a rule: watching them is what Pharos is
 * for.
 */
public final class AddressGuard {
  private static final Set<InetAddress> METADATA =
      Set.of(
          InetAddress.ofLiteral("100.100.100.200"), // Alibaba Cloud
          InetAddress.ofLiteral("168.63.129.16"), // Azure's wire server
          InetAddress.ofLiteral("192.0.0.192"), // Oracle Cloud, classic
          InetAddress.ofLiteral("fd00:ec2::254"), // AWS
          InetAddress.ofLiteral("fd20:ce::254")); // Google Cloud

  private AddressGuard() {}

  /** Whether an address is link-local or a metadata service, also when wrapped into IPv6. */
  public static boolean forbidden(InetAddress address) {
    if (address.isLinkLocalAddress() || METADATA.contains(address)) {
      return true;
    }
    if (address instanceof Inet6Address six) {
      byte[] inner = wrapped(six.getAddress());
      return inner.length == 4 && forbidden(four(inner));
    }
    return false;
  }

  /**
   * Whether an address is of this machine or of a network that is not the Internet: loopback,
   * unspecified, RFC 1918, RFC 4193 or RFC 6598, also when wrapped into IPv6.
   */
  public static boolean inside(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isSiteLocalAddress()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return bytes[0] == 0 || (bytes[0] == 100 && (bytes[1] & 0xc0) == 64);
    }
    byte[] inner = wrapped(bytes);
    return (bytes[0] & 0xfe) == 0xfc || (inner.length == 4 && inside(four(inner)));
  }

  /** The IPv4 address inside NAT64 (RFC 6052), 6to4 (RFC 3056) or IPv4-compatible IPv6, or none. */
  private static byte[] wrapped(byte[] six) {
    boolean zeros = true;
    for (int i = 4; i < 12; i++) {
      zeros &= six[i] == 0;
    }
    int prefix =
        ((six[0] & 0xff) << 24)
            | ((six[1] & 0xff) << 16)
            | ((six[2] & 0xff) << 8)
            | (six[3] & 0xff);
    if (zeros && (prefix == 0x0064ff9b || prefix == 0)) {
      return Arrays.copyOfRange(six, 12, 16);
    }
    return prefix >>> 16 == 0x2002 ? Arrays.copyOfRange(six, 2, 6) : new byte[0];
  }

  private static InetAddress four(byte[] bytes) {
    try {
      return Inet4Address.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}
