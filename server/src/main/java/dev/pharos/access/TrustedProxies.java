package dev.pharos.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Proxies whose word about where a request comes from is believed. Each adds at the right end of
 * {@code X-Forwarded-For} whom it heard; so the first from the right that is none of ours is the
 * client, and what stands left of it anybody can have written. Immutable.
 */
public final class TrustedProxies {
  /** Nobody's word is believed. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final Pattern QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  /** All addresses that begin with the same bits. */
  private static final class Network {
    private final byte[] address;
    private final int bits;

    Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    boolean has(InetAddress one) {
      byte[] other = one.getAddress();
      if (other.length != address.length) {
        return false;
      }
      int whole = bits / 8;
      int mask = 0xff & (0xff00 >> (bits % 8));
      return Arrays.equals(address, 0, whole, other, 0, whole)
          && (mask == 0 || ((address[whole] ^ other[whole]) & mask) == 0);
    }
  }

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * Reads addresses ({@code 192.0.2.7}, {@code 2001:db8::7}) and networks ({@code 10.0.0.0/8}).
   *
   * @throws IllegalArgumentException that names the first that is neither
   */
  public static TrustedProxies parse(List<String> texts) {
    return new TrustedProxies(texts.stream().map(TrustedProxies::network).toList());
  }

  private static Network network(String text) {
    String[] parts = text.strip().split("/", 2);
    InetAddress address = literal(parts[0]);
    int all = address == null ? 0 : address.getAddress().length * 8;
    int bits = all;
    if (parts.length == 2) {
      bits = parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
    }
    if (address == null || bits < 0 || bits > all) {
      throw new IllegalArgumentException(
          "\"" + text.strip() + "\" is no address and no network such as 10.0.0.0/8");
    }
    return new Network(address.getAddress(), bits);
  }

  /**
   * Whose request it is.
   *
   * @param peer who has connected to us
   * @param forwarded the values of {@code X-Forwarded-For}, in their order
   */
  public InetAddress client(InetAddress peer, List<String> forwarded) {
    if (!trusted(peer)) {
      return peer;
    }
    String[] hops = String.join(",", forwarded).split(",", -1);
    InetAddress client = peer;
    for (int i = hops.length - 1; i >= 0; i--) {
      InetAddress hop = literal(withoutPort(hops[i].strip()));
      if (hop == null) {
        return client;
      }
      client = hop;
      if (!trusted(hop)) {
        return client;
      }
    }
    return client;
  }

  private boolean trusted(InetAddress address) {
    return networks.stream().anyMatch(network -> network.has(address));
  }

  /** Some proxies write {@code 192.0.2.7:4711} and {@code [2001:db8::7]:4711}. */
  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? "" : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }

  /** Never asks for a name, and takes no number for an address. */
  private static @Nullable InetAddress literal(String text) {
    if (!text.contains(":") && !QUAD.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
