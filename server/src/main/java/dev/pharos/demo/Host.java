package dev.pharos.demo;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A port of 127.0.0.1 on which a toy server listens, unless it is shut. Thread-safe. */
final class Host implements AutoCloseable {
  private final String path;
  private final HttpHandler handler;
  private int port;
  private @Nullable HttpServer server;
  private @Nullable ExecutorService threads;
  private boolean closed;

  private Host(String path, HttpHandler handler, int port) {
    this.path = path;
    this.handler = handler;
    this.port = port;
  }

  /** Listens on the wanted port, or on a free one when somebody else has it. */
  static Host open(int wanted, String path, HttpHandler handler) throws IOException {
    Host host = new Host(path, handler, wanted);
    try {
      host.open();
    } catch (BindException e) {
      host.port = 0;
      host.open();
    }
    return host;
  }

  /** Listens again, on the same port as before. Does nothing while it is open, or when closed. */
  synchronized void open() throws IOException {
    if (server != null || closed) {
      return;
    }
    HttpServer opened = bound(port);
    opened.createContext("/", handler);
    ExecutorService each = Executors.newVirtualThreadPerTaskExecutor();
    opened.setExecutor(each);
    opened.start();
    port = opened.getAddress().getPort();
    server = opened;
    threads = each;
  }

  /** {@link HttpServer} leaves a socket behind when it cannot have its port: so ask before. */
  private static HttpServer bound(int port) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    try (ServerSocket test = new ServerSocket()) {
      test.bind(address);
    }
    return HttpServer.create(address, 0);
  }

  /** Stops listening and cuts every connection. */
  synchronized void shut() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
    if (threads != null) {
      threads.shutdownNow();
      threads = null;
    }
  }

  synchronized String url() {
    return "http://127.0.0.1:" + port + path;
  }

  /** Shuts for ever. */
  @Override
  public synchronized void close() {
    closed = true;
    shut();
  }
}
