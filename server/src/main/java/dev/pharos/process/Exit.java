package dev.pharos.process;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a child ended.
 *
 * @param signal name such as {@code SIGKILL} when a signal ended it (as the exit code 128 + n
 *     tells), or null. A program that catches a signal and then exits with 128 + n itself, as JVMs
 *     do, looks the same
 */
public record Exit(int code, @Nullable String signal) {
  private static final int SIGNALLED = 128;

  /** The numbers that Linux and macOS share. */
  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"));

  /** Reads the code as the JDK reports it. */
  static Exit of(int code) {
    return new Exit(code, SIGNALS.get(code - SIGNALLED));
  }

  /** For a person: {@code exit code 1} or {@code killed by SIGKILL}. */
  public String describe() {
    return signal == null ? "exit code " + code : "killed by " + signal;
  }
}
