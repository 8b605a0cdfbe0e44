package dev.pharos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between us and a real server, on a port of 127.0.0.1 of its own, and does to the
 * connections what networks do. Faults last until {@link #pass()}, but for {@link #cut()}, which
 * ends what is open now, and the one-time traps of {@link Trap}. Thread-safe.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to(5432)) {
 *   … proxy.port() …
 *   proxy.refuse();
 *   …
 *   proxy.pass();
 * }
 * }</pre>
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 200;
  private static final int CONNECT_MILLIS = 5_000;

  private final InetSocketAddress target;
  private final int port;
  private final FaultGate gate = new FaultGate();
  private final Set<FaultLink> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;
  private boolean closed;

  private FaultProxy(InetSocketAddress target) {
    this.target = target;
    ServerSocket first = listen(0);
    this.port = first.getLocalPort();
    accept(first);
  }

  /** A proxy before a server on this machine. */
  public static FaultProxy to(int port) {
    return to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** A proxy before any server. */
  public static FaultProxy to(InetSocketAddress target) {
    return new FaultProxy(target);
  }

  public int port() {
    return port;
  }

  /** How many connections are open through it now. */
  public int open() {
    return links.size();
  }

  /** How many connections were accepted so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Resets every connection that is open now, at both ends; new ones are welcome. */
  public void cut() {
    links.forEach(FaultLink::cut);
  }

  /** Refuses new connections, as a stopped server does, until {@link #pass()}; see {@link #cut}. */
  public synchronized void refuse() {
    if (listener != null) {
      close(listener);
      listener = null;
      awaitAcceptor();
    }
  }

  /**
   * Holds every byte back in both directions, of new connections too, which are accepted; nothing
   * is closed: a machine that hangs. What was held is passed on after {@link #pass()}.
   */
  public void pause() {
    gate.pause();
  }

  /** Holds each piece of bytes back for a while, in both directions. */
  public void delay(Duration each) {
    gate.delay(each);
  }

  /** Sets a trap for the connections of now and later; it shuts once. Replaces the one before. */
  public void set(Trap trap) {
    gate.set(trap);
  }

  /** Whether no trap waits any more. */
  public boolean sprung() {
    return gate.sprung();
  }

  /** Ends all faults: everything passes at once, and new connections are accepted. */
  public synchronized void pass() {
    gate.pass();
    if (listener == null && !closed) {
      accept(listen(port));
    }
  }

  /** Ends every connection and stops listening. */
  @Override
  public synchronized void close() {
    closed = true;
    refuse();
    gate.pass();
    cut();
  }

  private synchronized void accept(ServerSocket from) {
    listener = from;
    acceptor = Thread.ofVirtual().name("fault-proxy-" + port).start(() -> acceptAll(from));
  }

  /** Until its thread has let go of it, a closed listener takes connections all the same. */
  private void awaitAcceptor() {
    try {
      if (acceptor != null) {
        acceptor.join(Duration.ofMillis(CONNECT_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptAll(ServerSocket from) {
    try {
      while (true) {
        Socket client = from.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> connect(client));
      }
    } catch (IOException e) {
      // refused or closed
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    FaultLink link = new FaultLink(client, server, gate, links);
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(target, CONNECT_MILLIS);
      link.start();
    } catch (IOException e) {
      link.cut();
    }
  }

  private static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
