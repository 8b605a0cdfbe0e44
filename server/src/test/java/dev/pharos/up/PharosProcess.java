package dev.pharos.up;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged program with {@code up}, in a process and a working folder of its own, on a free
 * port unless the arguments name one. Closing it kills it with all that it started.
 */
final class PharosProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(30);
  private static final Pattern ADDRESS = Pattern.compile("^ {2}(http://\\S+)$", Pattern.MULTILINE);
  private static final Pattern TRACE = Pattern.compile("^\\s+at |Exception|^Caused by", 8);

  private final Process process;
  private final Path folder;

  private PharosProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** Starts it and waits until it has told its address. */
  static PharosProcess up(Path data, String... arguments) {
    return up(data, Map.of(), arguments);
  }

  /** The same with variables of its environment. */
  static PharosProcess up(Path data, Map<String, String> environment, String... arguments) {
    return launch(data, environment, arguments).ready();
  }

  /** Starts it and does not wait. */
  static PharosProcess launch(Path data, Map<String, String> environment, String... arguments) {
    try {
      Path folder = Files.createTempDirectory("pharos-up");
      ProcessBuilder builder = new ProcessBuilder(command(data, arguments));
      builder.environment().keySet().removeIf(name -> name.startsWith("PHAROS_"));
      builder.environment().putAll(environment);
      builder
          .directory(folder.toFile())
          .redirectOutput(folder.resolve("out").toFile())
          .redirectError(folder.resolve("err").toFile());
      return new PharosProcess(builder.start(), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path data, String... arguments) {
    String jar = Objects.requireNonNull(System.getProperty("pharos.jar"), "run by failsafe");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar,
                "up",
                "--data",
                data.toString()));
    List<String> given = List.of(arguments);
    if (!given.contains("--port")) {
      command.addAll(List.of("--port", "0"));
    }
    command.addAll(given);
    return command;
  }

  /** Waits until it has told its address. */
  PharosProcess ready() {
    try {
      await("the start of Pharos")
          .atMost(START)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !process.isAlive() || ADDRESS.matcher(out()).find());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    if (!process.isAlive()) {
      String told = err();
      close();
      throw new IllegalStateException("Pharos ended with " + process.exitValue() + ": " + told);
    }
    return this;
  }

  URI address() {
    Matcher matcher = ADDRESS.matcher(out());
    if (!matcher.find()) {
      throw new IllegalStateException("no address in: " + out());
    }
    return URI.create(matcher.group(1));
  }

  Rest rest() {
    return new Rest(address());
  }

  /** All that it has said on standard output so far. */
  String out() {
    return text("out");
  }

  /** All that it has said on standard error so far. */
  String err() {
    return text("err");
  }

  /** What it complained of: everything on standard error, which must be no stack trace. */
  String complaint() {
    String complaint = err();
    if (TRACE.matcher(complaint).find()) {
      throw new AssertionError("a stack trace is no sentence:\n" + complaint);
    }
    return complaint;
  }

  /** Processes that it started and that still run. */
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Asks it to end, as service managers do, and returns its exit code. */
  int stop() {
    process.destroy();
    return exit();
  }

  /** Ends it as a crash does, and nothing that it started. */
  void kill() {
    process.destroyForcibly();
    exit();
  }

  /** Waits for its end and returns its exit code. */
  int exit() {
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("Pharos does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> children = children();
    kill();
    children.forEach(ProcessHandle::destroyForcibly);
    try {
      for (String file : List.of("out", "err")) {
        Files.deleteIfExists(folder.resolve(file));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(String file) {
    try {
      Path path = folder.resolve(file);
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
