package dev.pharos.process;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Starts a process, and says in a sentence why it could not. */
final class Launch {
  /** The JDK tells the reason only within its message: a number and the system's own words. */
  private static final Pattern REASON = Pattern.compile("error[=:] ?(\\d+)[, ]+\\(?([^)]+)");

  private static final String NO_SUCH_FILE = "2";

  private Launch() {}

  /**
   * Starts the process with three pipes.
   *
   * @param mark the value of the variable that marks it
   */
  static Process start(ChildSpec spec, String mark) throws FailureException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(spec.command()));
    String directory = spec.directory();
    if (directory != null) {
      File folder = new File(directory);
      if (!folder.isDirectory()) {
        throw failure("no such directory: " + directory, null);
      }
      builder.directory(folder);
    }
    try {
      Environment.fill(builder.environment(), spec.env(), mark);
      String program = spec.command().getFirst();
      builder.command().set(0, Program.find(program, builder.environment(), directory));
      return builder.start();
    } catch (IllegalArgumentException e) {
      throw failure("an environment variable's name or value cannot be used", e);
    } catch (IOException e) {
      throw failure(reason(spec.command().getFirst(), e), e);
    }
  }

  private static String reason(String program, IOException e) {
    Matcher reason = REASON.matcher(String.valueOf(e.getMessage()));
    if (!reason.find()) {
      return "cannot start " + program;
    }
    // The file itself was found before, so it is the interpreter in its first line.
    return NO_SUCH_FILE.equals(reason.group(1))
        ? "cannot start " + program + ": its interpreter was not found"
        : "cannot start " + program + ": " + reason.group(2);
  }

  private static FailureException failure(String detail, @Nullable Exception cause) {
    return new FailureException(FailureKind.PROCESS_START, PlainText.line(detail), cause);
  }
}
