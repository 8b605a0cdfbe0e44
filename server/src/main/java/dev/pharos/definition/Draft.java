package dev.pharos.definition;

import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server as its entry says it, before it is known that nothing is missing. */
sealed interface Draft {
  record Http(String field, String url, TransportChoice choice, Map<String, Secret> headers)
      implements Draft {}

  record Stdio(Transport.Stdio transport) implements Draft {}

  /** Reads the fields of a process, or notes what is wrong and gives null. */
  static @Nullable Draft stdio(Entry entry) {
    JsonNode json = entry.json().path("command");
    List<String> command = command(entry, json);
    Map<String, Secret> env = new LinkedHashMap<>();
    String envFile = entry.text("envFile");
    if (envFile != null && entry.missing().isEmpty()) {
      env.putAll(EnvFile.read(entry, envFile));
    }
    env.putAll(entry.secrets("command.env", json.get("env")));
    env.putAll(entry.secrets("env"));
    env.putAll(entry.secrets("environment"));
    String cwd = entry.text("cwd");
    Path folder = cwd == null ? null : entry.variables().resolve(cwd);
    if (cwd != null && folder == null) {
      entry.wrong("cwd", "is not a usable path");
    }
    if (command.isEmpty() || command.getFirst().isBlank()) {
      entry.wrong("command", "is missing: this transport needs a program to start");
      return null;
    }
    return new Stdio(new Transport.Stdio(command, env, folder == null ? null : folder.toString()));
  }

  /** A text with {@code args}, an array (OpenCode), or an object with {@code path} (older Zed). */
  private static List<String> command(Entry entry, JsonNode json) {
    List<String> command = new ArrayList<>();
    if (json.isArray()) {
      command.addAll(entry.texts("command", json));
    } else if (json.isObject()) {
      command.add(entry.variables().expand(json.path("path").asString(""), entry::lacks));
      command.addAll(entry.texts("command.args", json.get("args")));
    } else {
      String program = entry.text("command");
      command.add(program == null ? "" : program);
    }
    command.addAll(entry.texts("args"));
    return command;
  }
}
