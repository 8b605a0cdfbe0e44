package dev.pharos.process;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to start.
 *
 * @param command the program and its arguments, at least the program; no shell reads them. A
 *     program without a slash is looked for in the child's own PATH
 * @param env added to the inherited few (PATH, HOME, USER, LOGNAME, SHELL, TERM, LANG, LC_ALL,
 *     TMPDIR, TZ)
 * @param directory where the child runs; null: where Pharos does
 * @param maxLineBytes longest line of stdout; a longer one is dropped and told to the listener
 */
public record ChildSpec(
    List<String> command, Map<String, String> env, @Nullable String directory, int maxLineBytes) {
  public ChildSpec {
    command = List.copyOf(command);
    env = Map.copyOf(env);
    if (command.isEmpty() || maxLineBytes < 1) {
      throw new IllegalArgumentException("a command and a line length above 0 are needed");
    }
  }
}
