package dev.pharos.probe;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes every byte between us and a real server on, and keeps what crossed: the tests see what was
 * really sent, whatever our own code says of it.
 */
final class Relay implements AutoCloseable {
  private static final Pattern SESSION = Pattern.compile("(?im)^mcp-session-id:\\s*(\\S+)\\s*$");

  private final ServerSocket listener;
  private final int target;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  Relay(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** All bytes that went to the server, of all connections, as text. */
  String sent() {
    synchronized (sent) {
      return sent.toString(StandardCharsets.UTF_8);
    }
  }

  /** The session id that the server gave out last. */
  Optional<String> sessionId() {
    synchronized (received) {
      Matcher matcher = SESSION.matcher(received.toString(StandardCharsets.UTF_8));
      return matcher.results().map(result -> result.group(1)).reduce((_, last) -> last);
    }
  }

  /** How many connections are open now. */
  int openConnections() {
    return open.size() / 2;
  }

  @Override
  public void close() {
    shut(listener);
    open.forEach(Relay::shut);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        passOn(listener.accept());
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void passOn(Socket here) {
    try {
      Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(here);
      open.add(there);
      Thread.ofVirtual().start(() -> copy(here, there, sent));
      Thread.ofVirtual().start(() -> copy(there, here, received));
    } catch (IOException e) {
      shut(here);
    }
  }

  private void copy(Socket from, Socket to, ByteArrayOutputStream kept) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (kept) {
          kept.write(buffer, 0, n);
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One side is gone: so is the other.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void shut(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed in any case.
    }
  }
}
