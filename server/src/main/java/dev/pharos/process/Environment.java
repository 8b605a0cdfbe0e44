package dev.pharos.process;

import java.util.List;
import java.util.Map;

/**
 * The variables a child gets: few of ours, since our own hold secrets; those of its definition; and
 * a mark that everything it starts inherits in turn, by which we find that again.
 */
final class Environment {
  /** The variable that marks a child and whatever it starts. */
  static final String MARK = "PHAROS_CHILD";

  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LC_ALL", "TMPDIR", "TZ");

  private static final List<String> INHERITED_ON_WINDOWS =
      List.of(
          "PATH",
          "PATHEXT",
          "SystemRoot",
          "SystemDrive",
          "ComSpec",
          "TEMP",
          "TMP",
          "USERNAME",
          "USERPROFILE",
          "HOMEDRIVE",
          "HOMEPATH",
          "APPDATA",
          "LOCALAPPDATA",
          "ProgramData",
          "ProgramFiles");

  private Environment() {}

  /**
   * Replaces what {@code target} holds.
   *
   * @throws IllegalArgumentException when a name or value cannot stand in an environment
   */
  static void fill(Map<String, String> target, Map<String, String> own, String mark) {
    target.clear();
    for (String name : Program.ON_WINDOWS ? INHERITED_ON_WINDOWS : INHERITED) {
      String value = System.getenv(name);
      if (value != null) {
        target.put(name, value);
      }
    }
    target.putAll(own);
    target.put(MARK, mark);
  }
}
