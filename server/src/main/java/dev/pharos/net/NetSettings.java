package dev.pharos.net;

import java.time.Duration;

/**
 * Bounds of the network layer. The deadline of a look bounds all of these from above.
 *
 * @param connectTimeout over all addresses of a name
 * @param maxHeadBytes of an answer's status line and headers together
 * @param allowLinkLocal whether link-local and cloud-metadata addresses may be talked to
 * @param allowPrivate whether loopback and private addresses may be talked to
 */
public record NetSettings(
    Duration dnsTimeout,
    Duration connectTimeout,
    Duration tlsTimeout,
    int maxHeadBytes,
    boolean allowLinkLocal,
    boolean allowPrivate) {
  public static final NetSettings DEFAULT =
      new NetSettings(
          Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 64 * 1024, false);

  /** Settings under which private addresses may be talked to. */
  public NetSettings(
      Duration dnsTimeout,
      Duration connectTimeout,
      Duration tlsTimeout,
      int maxHeadBytes,
      boolean allowLinkLocal) {
    this(dnsTimeout, connectTimeout, tlsTimeout, maxHeadBytes, allowLinkLocal, true);
  }
}
