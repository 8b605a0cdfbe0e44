package dev.pharos.net;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap.Direction;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyStore;
import org.apache.hc.core5.http.config.Http1Config;
import org.jspecify.annotations.Nullable;

/** Opens connections. Thread-safe. */
public final class HttpDialer implements AutoCloseable {
  private static final int MAX_HEADERS = 1_000;

  private final Resolver resolver;
  private final Connector connector;
  private final Tls tls;
  private final Watchdog watchdog;
  private final Keepers keepers;

  /** Trusts the authorities that the JVM trusts. */
  public HttpDialer(NetSettings settings, Ticker ticker) {
    this(settings, ticker, null);
  }

  /**
   * @param authorities the certificates to trust instead of those that the JVM trusts; null for
   *     those
   */
  public HttpDialer(NetSettings settings, Ticker ticker, @Nullable KeyStore authorities) {
    this.resolver = new Resolver(settings.dnsTimeout());
    this.connector = new Connector(settings);
    this.watchdog = new Watchdog(ticker);
    this.tls = new Tls(authorities, settings, watchdog);
    this.keepers =
        new Keepers(
            watchdog,
            new IdleWatch(),
            new Room(settings.maxOpen()),
            Http1Config.custom()
                .setMaxLineLength(settings.maxHeadBytes())
                .setMaxHeaderCount(MAX_HEADERS)
                .build());
  }

  /**
   * Resolves, connects and, for a secure origin, shakes hands; enters the stages {@code dns},
   * {@code connect} and {@code tls} on the look's clock, and notes the certificate there even when
   * its chain is refused.
   *
   * @throws FailureException of the stages dns, connect and tls; nothing stays open then
   */
  public HttpConnection dial(Origin origin, Look look) throws FailureException {
    look.clock().enter(Stage.DNS);
    InetAddress[] addresses = resolver.resolve(origin.host(), look.deadline());
    look.clock().enter(Stage.CONNECT);
    Socket socket = connector.connect(origin, addresses, look.deadline());
    Guard guard = new Guard(socket);
    boolean open = false;
    try {
      HttpConnection connection = connection(origin, socket, guard, look);
      if (look.tap().listening()) {
        String to = socket.getInetAddress().getHostAddress() + " port " + socket.getPort();
        look.tap().heard(Direction.NOTE, "http", "connected to " + to);
      }
      open = true;
      return connection;
    } finally {
      if (!open) {
        guard.closeSocket();
      }
    }
  }

  private HttpConnection connection(Origin origin, Socket socket, Guard guard, Look look)
      throws FailureException {
    if (!origin.secure()) {
      return new HttpConnection(origin, socket, socket, guard, false, keepers, look.tap());
    }
    look.clock().enter(Stage.TLS);
    Tls.Secured secured = tls.shake(socket, guard, origin, look);
    return new HttpConnection(
        origin, socket, secured.socket(), guard, secured.asked(), keepers, look.tap());
  }

  /**
   * Stops the dialer's threads; connections already open live on without a deadline, and their ends
   * are not noticed while they are idle.
   */
  @Override
  public void close() {
    resolver.close();
    watchdog.close();
    keepers.idle().close();
  }
}
