package dev.pharos.net;

import java.time.Duration;

/**
 * Bounds of the network layer. The deadline of a look bounds all of these from above.
 *
 * @param connectTimeout over all addresses of a name
 * @param maxHeadBytes of an answer's status line and headers together
 * @param allowLinkLocal whether link-local and cloud-metadata addresses may be talked to
 * @param allowPrivate whether loopback and private addresses may be talked to
 * @param maxOpen connections open at once from which on none is kept for another exchange: each is
 *     a file handle, and others need some
 */
public record NetSettings(
    Duration dnsTimeout,
    Duration connectTimeout,
    Duration tlsTimeout,
    int maxHeadBytes,
    boolean allowLinkLocal,
    boolean allowPrivate,
    int maxOpen) {
  public static final NetSettings DEFAULT =
      new NetSettings(
          Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 64 * 1024, false);

  /** Settings under which as many connections are kept as there are. */
  public NetSettings(
      Duration dnsTimeout,
      Duration connectTimeout,
      Duration tlsTimeout,
      int maxHeadBytes,
      boolean allowLinkLocal,
      boolean allowPrivate) {
    this(
        dnsTimeout,
        connectTimeout,
        tlsTimeout,
        maxHeadBytes,
        allowLinkLocal,
        allowPrivate,
        Integer.MAX_VALUE);
  }

  /** Settings under which private addresses may be talked to. */
  public NetSettings(
      Duration dnsTimeout,
      Duration connectTimeout,
      Duration tlsTimeout,
      int maxHeadBytes,
      boolean allowLinkLocal) {
    this(dnsTimeout, connectTimeout, tlsTimeout, maxHeadBytes, allowLinkLocal, true);
  }

  /** The same with another bound of connections open at once. */
  public NetSettings withMaxOpen(int most) {
    return new NetSettings(
        dnsTimeout, connectTimeout, tlsTimeout, maxHeadBytes, allowLinkLocal, allowPrivate, most);
  }
}
