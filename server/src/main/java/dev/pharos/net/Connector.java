package dev.pharos.net;

import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Connects to the first of a name's addresses that answers. Thread-safe. */
final class Connector {
  private static final int MAX_PORT = 65_535;

  private final NetSettings settings;

  Connector(NetSettings settings) {
    this.settings = settings;
  }

  /**
   * Tries the addresses in turn; each may use its fair share of what is left of the time. The
   * addresses checked are the addresses connected to: nothing is resolved again.
   */
  Socket connect(Origin origin, InetAddress[] addresses, Deadline deadline)
      throws FailureException {
    InetAddress[] allowed = allowed(origin, addresses);
    Deadline end = deadline.within(settings.connectTimeout());
    FailureException failure = null;
    for (int i = 0; i < allowed.length; i++) {
      long share = end.remainingNanos() / (allowed.length - i);
      try {
        return open(new InetSocketAddress(allowed[i], origin.port()), share);
      } catch (IOException e) {
        failure = telling(failure, failure(origin, allowed[i], e));
      }
    }
    throw failure == null ? forbidden(origin) : failure;
  }

  private InetAddress[] allowed(Origin origin, InetAddress[] addresses) throws FailureException {
    if (origin.port() < 1 || origin.port() > MAX_PORT) {
      throw new FailureException(
          FailureKind.UNREACHABLE, "there is no port " + origin.port() + " (1 to 65535)");
    }
    return settings.allowLinkLocal() && settings.allowPrivate()
        ? addresses
        : Arrays.stream(addresses).filter(this::allowed).toArray(InetAddress[]::new);
  }

  private boolean allowed(InetAddress address) {
    return (settings.allowLinkLocal() || !AddressGuard.forbidden(address))
        && (settings.allowPrivate() || !AddressGuard.inside(address));
  }

  private static Socket open(InetSocketAddress address, long nanos) throws IOException {
    if (nanos <= 0) {
      throw new SocketTimeoutException("no time left");
    }
    // A channel's socket, so that a selector can watch it while it is idle.
    Socket socket = SocketChannel.open().socket();
    try {
      socket.setTcpNoDelay(true);
      // 0 would mean for ever
      socket.connect(address, Math.clamp(nanos / 1_000_000, 1, Integer.MAX_VALUE));
      refuseSelf(socket);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Connecting to a free local port can, by chance, meet itself: the kernel picks the same port for
   * our end (RFC 9293 section 3.5, simultaneous open).
   */
  private static void refuseSelf(Socket socket) throws IOException {
    if (socket.getLocalPort() == socket.getPort()
        && socket.getLocalAddress().equals(socket.getInetAddress())) {
      throw new IOException("connection refused: it met itself");
    }
  }

  /** The last failure tells most, but "nobody listens" tells more than "no way there". */
  private static FailureException telling(
      @Nullable FailureException before, FailureException last) {
    return before != null
            && before.kind() == FailureKind.REFUSED
            && last.kind() == FailureKind.UNREACHABLE
        ? before
        : last;
  }

  /** The JVM tells the system's error codes only in words. */
  private static FailureException failure(Origin origin, InetAddress address, IOException e) {
    String words = String.valueOf(e.getMessage());
    String lower = words.toLowerCase(Locale.ROOT);
    String where = where(origin, address);
    if (e instanceof SocketTimeoutException || lower.contains("timed out")) {
      return new FailureException(
          FailureKind.CONNECT_TIMEOUT, "no answer from " + where + " to a connection attempt", e);
    }
    if (lower.contains("refused")) {
      return new FailureException(
          FailureKind.REFUSED, "nothing accepts connections at " + where, e);
    }
    if (lower.contains("reset")) {
      return new FailureException(
          FailureKind.RESET,
          "the peer reset the connection at once, before an answer: " + where,
          e);
    }
    // The words of the C library are all that tells our own want from the network's.
    boolean ours =
        words.contains("Too many open files")
            || words.contains("Cannot assign requested address")
            || words.contains("No buffer space");
    return new FailureException(
        ours ? FailureKind.LOCAL_RESOURCES : FailureKind.UNREACHABLE,
        (ours ? "this machine could not open a connection to " : "no way to ")
            + where
            + ": "
            + Printable.of(words),
        e);
  }

  private FailureException forbidden(Origin origin) {
    return new FailureException(
        FailureKind.ADDRESS_FORBIDDEN,
        Printable.of(origin.host())
            + (settings.allowPrivate()
                ? " is a link-local or cloud-metadata address, which are not talked to"
                : " is a private or link-local address, which are not talked to"));
  }

  private static String where(Origin origin, InetAddress address) {
    String numbers = address.getHostAddress();
    String host = Printable.of(origin.host());
    return host.equals(numbers)
        ? origin.authority()
        : host + ":" + origin.port() + " (" + numbers + ")";
  }
}
