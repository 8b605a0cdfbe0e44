package dev.pharos.process;

import org.jspecify.annotations.Nullable;

/**
 * How a child ended.
 *
 * @param signal name such as {@code SIGKILL} when a signal ended it (as the exit code 128 + n
 *     tells), or null
 */
public record Exit(int code, @Nullable String signal) {
  /** For a person: {@code exit code 1} or {@code killed by SIGKILL}. */
  public String describe() {
    return signal == null ? "exit code " + code : "killed by " + signal;
  }
}
