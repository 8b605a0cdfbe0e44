package dev.pharos.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis 6.2 on a port of 127.0.0.1, in a process of its own. It keeps nothing unless its
 * settings say so.
 */
public final class RedisProcess implements AutoCloseable {
  private static final int READY_MILLIS = 20_000;

  private static @Nullable File binary;

  private final Path folder;
  private final List<String> settings;
  private final int port;
  private Process process;

  private RedisProcess(Path folder, List<String> settings) throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.port = freePort();
    this.process = launch(List.of());
  }

  /** Starts one with settings as on its command line, such as {@code --maxmemory 5mb}. */
  public static RedisProcess start(String... settings) {
    try {
      return new RedisProcess(Files.createTempDirectory("pharos-redis"), List.of(settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** Ends it without a goodbye. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** Starts it again on the same port, after it was ended, with more settings. */
  public void restart(String... more) {
    try {
      process = launch(List.of(more));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Holds the process, or lets it go on. */
  public void hold(boolean held) {
    try {
      String signal = held ? "-STOP" : "-CONT";
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
    File[] files = folder.toFile().listFiles();
    if (files != null) {
      for (File file : files) {
        var _ = file.delete();
      }
    }
    var _ = folder.toFile().delete();
  }

  private void await() {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Redis does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Process launch(List<String> more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(binary().getPath());
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", folder.toString(), "--save", "", "--appendonly", "no"));
    settings.forEach(each -> command.addAll(List.of(each.split(" ", 2))));
    more.forEach(each -> command.addAll(List.of(each.split(" ", 2))));
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    ready(started);
    return started;
  }

  /** It answers something, be it that it is loading or wants a password. */
  private void ready(Process started) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MILLIS);
    while (System.nanoTime() - end < 0 && started.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(1_000);
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() >= 0) {
          return;
        }
      } catch (IOException e) {
        pause();
      }
    }
    started.destroyForcibly();
    throw new IllegalStateException(
        "Redis did not start: " + Files.readString(folder.resolve("redis.log")));
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static synchronized File binary() throws IOException {
    if (binary == null) {
      Path folder = Files.createTempDirectory("pharos-redis-binary");
      folder.toFile().deleteOnExit(); // after what is in it
      binary = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
      binary.deleteOnExit();
    }
    return binary;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
