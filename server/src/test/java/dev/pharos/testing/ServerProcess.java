package dev.pharos.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An HTTP server of somebody else, started by a test on a loopback port and killed with all it
 * started.
 */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration CONNECT = Duration.ofMillis(500);

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts {@code command}, in which {@code {port}} stands for the port, and waits until it takes
   * connections.
   */
  public static ServerProcess start(
      List<String> command, Map<String, String> env, Path log, int port) {
    String number = Integer.toString(port);
    ProcessBuilder builder =
        new ProcessBuilder(command.stream().map(part -> part.replace("{port}", number)).toList());
    builder.environment().putAll(env);
    builder.environment().put("PORT", number);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      ServerProcess server = new ServerProcess(builder.start(), port);
      server.awaitListening(log);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that nobody listened on a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** Ends it as a crash does, and waits until it is gone. */
  public void kill() {
    List<ProcessHandle> tree =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    tree.forEach(ProcessHandle::destroyForcibly);
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " survived SIGKILL");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends SIGUSR2, on which our own test server adds a tool. */
  public void grow() {
    Signals.usr2(process.toHandle());
  }

  @Override
  public void close() {
    kill();
  }

  private void awaitListening(Path log) {
    try {
      await("the start of " + process.info().commandLine().orElse("?") + ", see " + log)
          .atMost(START)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !process.isAlive() || listens());
    } catch (RuntimeException e) {
      kill();
      throw e;
    }
    if (!process.isAlive()) {
      throw new IllegalStateException("exited with " + process.exitValue() + ", see " + log);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) CONNECT.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
