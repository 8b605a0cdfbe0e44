package dev.pharos.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system mounted for one test; the test is skipped where that is not allowed. */
public record Mount(Path path) implements AutoCloseable {
  /** A disk of that size in memory. */
  public static Mount small(Path path, String size) throws IOException {
    return mounted(path, "-t", "tmpfs", "-o", "size=" + size, "tmpfs");
  }

  /** The same folder again, read-only. */
  public static Mount readOnly(Path path) throws IOException {
    Path view = Files.createDirectory(path.resolveSibling(path.getFileName() + "-view"));
    try {
      mounted(view, "--bind", path.toString());
      run("mount", "-o", "remount,ro,bind", view.toString());
      return new Mount(view);
    } catch (IOException e) {
      return abort("mounting is not allowed here: " + e.getMessage());
    }
  }

  private static Mount mounted(Path path, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(options));
    command.add(path.toString());
    try {
      run(command.toArray(new String[0]));
      return new Mount(path);
    } catch (IOException e) {
      return abort("mounting is not allowed here: " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    // Lazily: a test that failed may have left a file open.
    run("umount", "-l", path.toString());
    if (path.getFileName().toString().endsWith("-view")) {
      Files.delete(path);
    }
  }

  private static void run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.onExit().orTimeout(10, TimeUnit.SECONDS).join().exitValue() != 0) {
      throw new IOException(command[0] + " failed");
    }
  }
}
