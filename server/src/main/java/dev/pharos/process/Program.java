package dev.pharos.process;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file behind a command's name. The JDK would look in the PATH that Pharos was started
 * with; people who give a server a PATH of its own mean that one.
 */
final class Program {
  static final boolean ON_WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  private Program() {}

  /**
   * The path to run.
   *
   * @param env the child's environment
   * @param directory where the child will run: relative paths start there
   * @throws FailureException of kind {@code process_start} saying that it is missing or no program
   */
  static String find(String name, Map<String, String> env, @Nullable String directory)
      throws FailureException {
    try {
      Path base = Path.of(directory == null ? "" : directory).toAbsolutePath();
      return find(name, env, base);
    } catch (InvalidPathException e) {
      throw refused("command not found: ", name, e);
    }
  }

  private static String find(String name, Map<String, String> env, Path base)
      throws FailureException {
    boolean isPath = name.indexOf('/') >= 0 || name.indexOf(File.separatorChar) >= 0;
    List<Path> candidates = isPath ? endings(base.resolve(name), env) : inPath(name, env, base);
    boolean seen = false;
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate.toString();
      }
      seen |= Files.exists(candidate);
    }
    throw refused(seen ? "not executable: " : "command not found: ", name, null);
  }

  private static List<Path> inPath(String name, Map<String, String> env, Path base) {
    List<Path> candidates = new ArrayList<>();
    if (name.isEmpty()) {
      return candidates;
    }
    for (String folder : env.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty()) {
        candidates.addAll(endings(base.resolve(folder).resolve(name), env));
      }
    }
    return candidates;
  }

  /** On Windows a command is often named without its ending: {@code npx} for {@code npx.cmd}. */
  private static List<Path> endings(Path path, Map<String, String> env) {
    if (!ON_WINDOWS) {
      return List.of(path);
    }
    List<Path> candidates = new ArrayList<>();
    for (String ending : env.getOrDefault("PATHEXT", ".COM;.EXE;.BAT;.CMD").split(";", -1)) {
      candidates.add(path.resolveSibling(path.getFileName() + ending));
    }
    candidates.add(path);
    return candidates;
  }

  private static FailureException refused(String what, String name, @Nullable Exception cause) {
    return new FailureException(FailureKind.PROCESS_START, what + PlainText.line(name), cause);
  }
}
