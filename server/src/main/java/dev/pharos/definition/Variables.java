package dev.pharos.definition;

import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the variables of all clients: {@code ${VAR}}, {@code ${VAR:-default}}, {@code
 * ${env:VAR}}, {@code ${input:id}}, {@code ${file:path}}, {@code ${userHome}}, {@code
 * ${workspaceFolder}} and its relatives, {@code {env:VAR}}, {@code {file:path}}, and {@code $VAR}
 * where it is the whole value. A variable that is unset or empty is missing, never an empty text.
 * Immutable.
 */
final class Variables {
  private static final Pattern WHOLE = Pattern.compile("\\$([A-Za-z_]\\w*)");
  private static final Pattern NAMED =
      Pattern.compile("([A-Za-z_]\\w*)(?::-(.*))?", Pattern.DOTALL);
  private static final Pattern OPENING = Pattern.compile("\\$\\{|\\{(?=(?:env|file):)");
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NAME = 100;

  /** Folders that hold a project's client settings: the workspace is the folder around them. */
  private static final Set<String> SETTINGS_FOLDERS =
      Set.of(".vscode", ".cursor", ".roo", ".gemini", ".windsurf", ".zed", ".devcontainer");

  private final Function<String, @Nullable String> environment;
  private final Path workspace;
  private final Map<String, String> inputs;
  private final boolean foreign;

  private Variables(
      Function<String, @Nullable String> environment,
      Path workspace,
      Map<String, String> inputs,
      boolean foreign) {
    this.environment = environment;
    this.workspace = workspace;
    this.inputs = inputs;
    this.foreign = foreign;
  }

  /**
   * For a text that somebody sent: it must not learn anything of this machine, so nothing but its
   * own inputs has a value.
   */
  static Variables foreign(Map<String, String> inputs) {
    return new Variables(_ -> null, Path.of(""), inputs, true);
  }

  /** Whether the text comes from elsewhere: files that it names are not to be read. */
  boolean foreign() {
    return foreign;
  }

  static Variables of(
      Function<String, @Nullable String> environment, Path file, Map<String, String> inputs) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path workspace = folder == null ? file.toAbsolutePath() : folder;
    Path name = workspace.getFileName();
    Path parent = workspace.getParent();
    if (name != null && parent != null && SETTINGS_FOLDERS.contains(name.toString())) {
      workspace = parent;
    }
    return new Variables(environment, workspace, inputs, false);
  }

  /** A path of the file: {@code ~} is the home, a relative one starts at the workspace. */
  @Nullable Path resolve(String path) {
    try {
      String home = home();
      if (home != null && (path.equals("~") || path.startsWith("~/"))) {
        return Path.of(home + path.substring(1));
      }
      return workspace.resolve(path);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * The text with all variables replaced.
   *
   * @param missing is told what has no value; the returned text is then of no use
   */
  String expand(String text, Consumer<String> missing) {
    Matcher whole = WHOLE.matcher(text);
    return whole.matches() ? named(whole.group(1), null, missing, 0) : expand(text, missing, 0);
  }

  private String expand(String text, Consumer<String> missing, int depth) {
    StringBuilder out = new StringBuilder(text.length());
    Matcher opening = OPENING.matcher(text);
    int at = 0;
    while (opening.find(at)) {
      int close = closing(text, opening.end());
      if (close < 0) {
        break;
      }
      out.append(text, at, opening.start());
      out.append(value(text.substring(opening.end(), close), missing, depth));
      at = close + 1;
    }
    return out.append(text, at, text.length()).toString();
  }

  private static int closing(String text, int from) {
    int open = 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (open == 0) {
        return i;
      }
    }
    return -1;
  }

  private String value(String inner, Consumer<String> missing, int depth) {
    String expression = inner.startsWith("env:") ? inner.substring(4) : inner;
    Matcher named = NAMED.matcher(expression);
    if (inner.startsWith("input:")) {
      return input(inner.substring(6), missing);
    } else if (inner.startsWith("file:")) {
      return file(inner.substring(5), missing);
    } else if (named.matches() && depth < MAX_DEPTH) {
      String known = expression.equals(inner) ? known(expression) : null;
      return known != null ? known : named(named.group(1), named.group(2), missing, depth);
    }
    String known = known(inner);
    return known != null ? known : lacking("${" + inner + "}", missing);
  }

  private String named(
      String name, @Nullable String otherwise, Consumer<String> missing, int depth) {
    String value = environment.apply(name);
    if (value != null && !value.isEmpty()) {
      return value;
    }
    return otherwise == null ? lacking(name, missing) : expand(otherwise, missing, depth + 1);
  }

  private String input(String id, Consumer<String> missing) {
    String name = "PHAROS_INPUT_" + id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      value = inputs.get(id);
    }
    return value == null ? lacking(name, missing) : value;
  }

  private String file(String name, Consumer<String> missing) {
    Path path = foreign ? null : resolve(name.strip());
    try {
      String text = path == null ? "" : SmallFile.read(path).strip();
      return text.isEmpty() ? lacking("the file " + name, missing) : text;
    } catch (IOException e) {
      return lacking("the file " + name, missing);
    }
  }

  private @Nullable String known(String name) {
    return switch (name) {
      case "userHome" -> home();
      case "workspaceFolder", "workspaceRoot" -> foreign ? null : workspace.toString();
      case "workspaceFolderBasename" ->
          foreign || workspace.getFileName() == null ? null : workspace.getFileName().toString();
      case "pathSeparator", "/" -> File.separator;
      default -> null;
    };
  }

  private @Nullable String home() {
    String home = environment.apply("HOME");
    return home == null || home.isEmpty() ? environment.apply("USERPROFILE") : home;
  }

  private static String lacking(String what, Consumer<String> missing) {
    missing.accept(what.length() <= MAX_NAME ? what : what.substring(0, MAX_NAME) + "…");
    return "?"; // not empty: an empty text has a meaning of its own to whoever reads the field
  }
}
