package dev.pharos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A listener on a free port of 127.0.0.1 that does, byte by byte, what a script says. The script
 * runs once for each connection, on a thread of its own; when it returns, the connection is closed.
 * That the client hangs up is no error of a script; anything else that it throws fails {@link
 * #close()}.
 *
 * <pre>{@code
 * try (RawServer server = RawServer.plain(peer -> {
 *       peer.readRequest();
 *       peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
 *     })) { … server.url("/mcp") … }
 * }</pre>
 */
public final class RawServer implements AutoCloseable {
  private static final Duration ACCEPTOR_END = Duration.ofSeconds(5);

  /** What happens on one connection. */
  @FunctionalInterface
  public interface Script {
    void run(RawPeer peer) throws IOException;
  }

  private final ServerSocket listener;
  private final @Nullable SSLContext tls;
  private final Script script;
  private final Thread acceptor;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<RawRequest> requests = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

  private RawServer(@Nullable SSLContext tls, Script script) {
    this.tls = tls;
    this.script = script;
    try {
      listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptor = Thread.ofVirtual().name("raw-server").start(this::accept);
  }

  /** A server without TLS. */
  public static RawServer plain(Script script) {
    return new RawServer(null, script);
  }

  /** A server that shakes hands before the script runs; see {@link TestCertificates}. */
  public static RawServer tls(SSLContext context, Script script) {
    return new RawServer(context, script);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The address of a path of this server, by the name {@code 127.0.0.1}. */
  public String url(String path) {
    return url("127.0.0.1", path);
  }

  /** The address of a path of this server by any name that leads to 127.0.0.1. */
  public String url(String host, String path) {
    return (tls == null ? "http://" : "https://") + host + ":" + port() + path;
  }

  /** How many connections were accepted so far. */
  public int connections() {
    return accepted.get();
  }

  /** How many connections are open at this end: their scripts have not returned. */
  public int open() {
    return open.size();
  }

  /** The requests read so far, in order. */
  public java.util.List<RawRequest> requests() {
    return java.util.List.copyOf(requests);
  }

  void add(RawRequest request) {
    requests.add(request);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        int number = accepted.getAndIncrement();
        Thread.ofVirtual().name("raw-server-" + number).start(() -> serve(socket, number));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      socket.setTcpNoDelay(true);
      script.run(new RawPeer(this, wrapped(socket), socket, number));
    } catch (IOException e) {
      // the client hung up, or refused our certificate
    } catch (Throwable e) {
      errors.add(e);
    } finally {
      open.remove(socket);
    }
  }

  private Socket wrapped(Socket socket) throws IOException {
    if (tls == null) {
      return socket;
    }
    var secure =
        (javax.net.ssl.SSLSocket)
            tls.getSocketFactory().createSocket(socket, "client", socket.getPort(), true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    return secure;
  }

  /** Ends every connection, whatever its script does, and listens on. */
  public void hangUp() {
    try {
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops listening and ends every connection, whatever its script does. */
  @Override
  public void close() {
    try {
      listener.close();
      // Until its thread has let go of it, it takes connections all the same.
      acceptor.join(ACCEPTOR_END);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hangUp();
    if (!errors.isEmpty()) {
      throw new AssertionError("a script failed", errors.peek());
    }
  }
}
