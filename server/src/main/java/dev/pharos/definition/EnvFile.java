package dev.pharos.definition;

import dev.pharos.fleet.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The file of variables that an entry names: {@code NAME=value}, one a line. */
final class EnvFile {
  private EnvFile() {}

  /** Its variables; notes a problem at the entry when it cannot be read. */
  static Map<String, Secret> read(Entry entry, String name) {
    if (entry.variables().foreign()) {
      entry.lacks("the file " + name);
      return Map.of();
    }
    Path file = entry.variables().resolve(name);
    try {
      return file == null ? unreadable(entry) : parse(SmallFile.read(file));
    } catch (IOException e) {
      return unreadable(entry);
    }
  }

  private static Map<String, Secret> unreadable(Entry entry) {
    entry.wrong("envFile", "cannot be read: there is no such file, or it is not readable text");
    return Map.of();
  }

  static Map<String, Secret> parse(String text) {
    Map<String, Secret> variables = new LinkedHashMap<>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.startsWith("export ") ? line.substring(7).strip() : line)
        .forEach(line -> {
          int equals = line.indexOf('=');
          if (equals > 0) {
            String value = unquote(line.substring(equals + 1).strip());
            variables.put(line.substring(0, equals).strip(), new Secret(value));
          }
        });
    return variables;
  }

  private static String unquote(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
