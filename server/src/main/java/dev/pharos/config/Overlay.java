package dev.pharos.config;

import dev.pharos.definition.SmallFile;
import dev.pharos.field.Nearest;
import dev.pharos.field.Problem;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lays variables and flags over the tree of the file, and remembers where each value came from. */
final class Overlay {
  private static final String PREFIX = "PHAROS_";
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}\\.\\d{1,9}");

  /** Read by the launcher, the command line, the log, and by clients' files. */
  private static final Set<String> OTHERS =
      Set.of(
          "PHAROS_XMX",
          "PHAROS_JAVA_HOME",
          "PHAROS_OPTS",
          "PHAROS_LOG",
          "PHAROS_DEBUG",
          "PHAROS_CHILD",
          "PHAROS_CONFIG");

  /** What Kubernetes tells every container of a service that is named {@code pharos}. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("PHAROS_(SERVICE_(HOST|PORT)(_\\w+)?|PORT_\\d+_(TCP|UDP)(_\\w+)?)");

  private final ObjectNode root;
  private final List<Problem> problems;
  private final Map<String, String> sources = new HashMap<>();

  Overlay(ObjectNode root, List<Problem> problems) {
    this.root = root;
    this.problems = problems;
  }

  /**
   * @param mentioned variables that the file itself uses, so that they may have any name
   */
  void environment(Map<String, String> environment, Set<String> mentioned) {
    Map<String, String> paths = Keys.byVariable();
    new TreeMap<>(environment)
        .forEach((name, value) -> {
          String path = paths.get(name);
          String secret =
              name.endsWith("_FILE") ? paths.get(name.substring(0, name.length() - 5)) : null;
          if (path != null && !(name.equals("PHAROS_PORT") && value.startsWith("tcp://"))) {
            set(path, value, name);
          } else if (secret != null && Keys.SECRETS.contains(secret)) {
            fromFile(secret, value, name);
          } else if (path == null && unknown(name, mentioned)) {
            problems.add(new Problem(name, "is not known" + Nearest.hint(name, paths.keySet())));
          }
        });
  }

  private static boolean unknown(String name, Set<String> mentioned) {
    return name.startsWith(PREFIX)
        && !OTHERS.contains(name)
        && !name.startsWith("PHAROS_INPUT_")
        && !mentioned.contains(name)
        && !SERVICE_LINK.matcher(name).matches();
  }

  private void fromFile(String path, String file, String name) {
    try {
      set(path, SmallFile.read(Path.of(file)).strip(), name);
    } catch (IOException | InvalidPathException e) {
      problems.add(new Problem(name, "names a file that cannot be read or is larger than 64 KiB"));
    }
  }

  /** Flags by their key's path: {@code port} for {@code --port}. */
  void flags(Map<String, String> flags) {
    flags.forEach((path, value) -> set(path, value, "--" + path));
  }

  private void set(String path, String value, String source) {
    String[] keys = path.split("\\.", -1);
    JsonNode parent = keys.length == 1 ? root : root.path(keys[0]);
    if (!(parent instanceof ObjectNode)) {
      parent = root.putObject(keys[0]);
    }
    ((ObjectNode) parent).set(keys[keys.length - 1], json(path, value));
    sources.put(path, source);
  }

  private static JsonNode json(String path, String value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    String plain = value.strip();
    if (Keys.TEXTS.contains(path)) {
      return json.stringNode(value);
    }
    if (plain.equals("true") || plain.equals("false")) {
      return json.booleanNode(plain.equals("true"));
    }
    if (WHOLE.matcher(plain).matches()) {
      return json.numberNode(Long.parseLong(plain));
    }
    return DECIMAL.matcher(plain).matches()
        ? json.numberNode(Double.parseDouble(plain))
        : json.stringNode(value);
  }

  /** A problem under the name by which the value was given. */
  Problem named(Problem problem) {
    String source = sources.get(problem.field());
    return source == null ? problem : new Problem(source, problem.message());
  }
}
