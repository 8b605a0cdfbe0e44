package dev.pharos.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Linux's table of processes. It knows the environment each was started with, and so finds a
 * child's offspring that left its family: adopted by init, or leader of a session of its own.
 * Elsewhere there is no such table, and it is empty.
 */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  private ProcessTable() {}

  /**
   * What a search found.
   *
   * @param unsure whether a young process showed no environment: while a program is being replaced
   *     by another (execve), there is none to read
   */
  record Found(List<ProcessHandle> processes, boolean unsure) {}

  /**
   * The processes whose environment holds {@code entry}, a name, an equals sign and a value.
   *
   * @param since processes that started earlier are never unsure
   */
  static Found having(String entry, Instant since) {
    List<ProcessHandle> found = new ArrayList<>();
    boolean unsure = false;
    if (!Files.isReadable(PROC.resolve("self/environ"))) {
      return new Found(found, false);
    }
    try (DirectoryStream<Path> pids = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path folder : pids) {
        // The handle comes first: it remembers the start time, so a number that is given to
        // another process meanwhile does no harm.
        ProcessHandle process =
            ProcessHandle.of(Long.parseLong(folder.getFileName().toString())).orElse(null);
        if (process == null) {
          continue;
        }
        String environment = read(process, "environ");
        if (environment.contains(entry)) {
          found.add(process);
        }
        unsure |= environment.isEmpty() && young(process, since) && runs(process);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What was found so far has to do.
    }
    return new Found(found, unsure);
  }

  private static boolean young(ProcessHandle process, Instant since) {
    return process.info().startInstant().filter(start -> !start.isBefore(since)).isPresent();
  }

  /** Whether the process runs: one that is dead and only waits to be noticed by its parent not. */
  static boolean runs(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    String status = read(process, "stat");
    int state = status.lastIndexOf(')') + 2; // the name before it is the program's own choice
    return state >= status.length() || "ZX".indexOf(status.charAt(state)) < 0;
  }

  /** A file of the process, or nothing: it is gone, or not ours to read. */
  private static String read(ProcessHandle process, String file) {
    try {
      Path path = PROC.resolve(Long.toString(process.pid())).resolve(file);
      return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
