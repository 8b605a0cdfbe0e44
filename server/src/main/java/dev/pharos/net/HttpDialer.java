package dev.pharos.net;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import dev.pharos.trace.Ticker;

/** Opens connections. Thread-safe. */
public final class HttpDialer implements AutoCloseable {
  private final NetSettings settings;
  private final Ticker ticker;

  public HttpDialer(NetSettings settings, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
  }

  /**
   * Resolves, connects and, for a secure origin, shakes hands; enters the stages {@code dns},
   * {@code connect} and {@code tls} on the look's clock, and notes the certificate there even when
   * its chain is refused.
   *
   * @throws FailureException of the stages dns, connect and tls; nothing stays open then
   */
  public HttpConnection dial(Origin origin, Look look) throws FailureException {
    throw new UnsupportedOperationException(settings + " " + ticker + " " + origin + look);
  }

  /** Stops the dialer's threads; connections already open live on without a deadline. */
  @Override
  public void close() {}
}
