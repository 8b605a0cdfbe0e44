package dev.pharos.oauth;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Which addresses we talk to on the way to a token. Most of them are named by the server under
 * test, so they must not lead a client secret over an open line, nor us into our own machine.
 *
 * @param loopback whether this machine itself may be talked to
 */
record AddressRule(boolean loopback) {
  /** For what a server names: it may lead to this machine only when it runs there itself. */
  static AddressRule forServer(URI mcpUrl) {
    return new AddressRule(leadsToLoopback(mcpUrl));
  }

  /** For what our own operator names. */
  static AddressRule forOperator() {
    return new AddressRule(true);
  }

  /**
   * Reads an address.
   *
   * @throws UnusableException quoting it and saying what is wrong
   */
  URI read(String address) throws UnusableException {
    try {
      URI url = new URI(address);
      check(url);
      return url;
    } catch (URISyntaxException e) {
      throw new UnusableException(quote(address) + "is no address", e);
    } catch (UnusableException e) {
      throw new UnusableException(quote(address) + e.why(), e);
    }
  }

  /**
   * @throws UnusableException when the address must not be talked to; does not quote it
   */
  void check(URI url) throws UnusableException {
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    boolean web = secure || "http".equalsIgnoreCase(url.getScheme());
    if (!web || url.getHost() == null || url.getPort() == 0 || url.getPort() > 65_535) {
      throw new UnusableException("is no absolute https address", false);
    }
    if (url.getRawUserInfo() != null) {
      throw new UnusableException("names a user, which is not supported", false);
    }
    boolean here = leadsToLoopback(url);
    if (!secure && !here) {
      throw new UnusableException("is plain http, allowed only on the loopback interface", false);
    }
    if (here && !loopback) {
      throw new UnusableException("leads to the loopback interface of whoever asks", false);
    }
  }

  private static String quote(String address) {
    return "“" + Excerpt.of(address, 100) + "” ";
  }

  /** Judges by the text alone: asking name servers here would prove nothing about later. */
  static boolean leadsToLoopback(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false; // a name
    }
  }
}
