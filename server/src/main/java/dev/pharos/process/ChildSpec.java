package dev.pharos.process;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to start.
 *
 * @param env added to the inherited few (PATH, HOME, USER, LOGNAME, SHELL, TERM, LANG, TMPDIR)
 * @param maxLineBytes longest line of stdout; a longer one is dropped and told to the listener
 */
public record ChildSpec(
    List<String> command, Map<String, String> env, @Nullable String directory, int maxLineBytes) {
  public ChildSpec {
    command = List.copyOf(command);
    env = Map.copyOf(env);
  }
}
