package dev.pharos.definition;

import dev.pharos.field.FieldPath;
import dev.pharos.field.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One place of a file that lists servers.
 *
 * @param path where, for example {@code mcpServers}
 * @param origin tells servers of the same name apart
 * @param entries an object by name, or an array of objects with a {@code name}
 * @param inputs default values of VS Code's inputs by id; without the inputs that have none
 */
record Section(String path, String origin, JsonNode entries, Map<String, String> inputs) {
  private static final List<String> TOP = List.of("mcpServers", "servers", "context_servers");

  /** The sections of a whole file, at least one. */
  static List<Section> of(JsonNode root) throws UnusableFileException {
    if (!root.isObject()) {
      throw new UnusableFileException(
          "is not a JSON object: it must look like {\"mcpServers\": …}");
    }
    List<Section> found = new ArrayList<>();
    for (String key : TOP) {
      add(found, key, key, root.get(key), root.get("inputs"));
    }
    add(found, "[\"mcp.servers\"]", "mcp.servers", root.get("mcp.servers"), root.get("inputs"));
    addMcp(found, "mcp", root.path("mcp"));
    addMcp(
        found, "customizations.vscode.mcp", root.path("customizations").path("vscode").path("mcp"));
    for (Map.Entry<String, JsonNode> project : root.path("projects").properties()) {
      String path = FieldPath.child("projects", project.getKey()) + ".mcpServers";
      add(found, path, project.getKey(), project.getValue().get("mcpServers"), null);
    }
    if (found.isEmpty()) {
      throw new UnusableFileException(
          "names no servers: none of mcpServers, servers, mcp, mcp.servers and context_servers is"
              + " there");
    }
    return found;
  }

  /** VS Code keeps {@code servers} and {@code inputs} below, OpenCode the servers themselves. */
  private static void addMcp(List<Section> found, String path, JsonNode mcp) {
    if (mcp.path("servers").isObject() && !mcp.path("servers").has("command")) {
      add(found, path + ".servers", path, mcp.get("servers"), mcp.get("inputs"));
    } else if (mcp.isObject()) {
      add(found, path, path, mcp, null);
    }
  }

  private static void add(
      List<Section> found,
      String path,
      String origin,
      @Nullable JsonNode entries,
      @Nullable JsonNode inputs) {
    if (entries != null && !entries.isNull()) {
      found.add(new Section(path, origin, entries, defaults(inputs)));
    }
  }

  private static Map<String, String> defaults(@Nullable JsonNode inputs) {
    Map<String, String> defaults = new LinkedHashMap<>();
    if (inputs != null && inputs.isArray()) {
      for (JsonNode input : inputs.values()) {
        String value = input.path("default").asString("");
        if (!value.isEmpty()) {
          defaults.put(input.path("id").asString(""), value);
        }
      }
    }
    return defaults;
  }

  /** Reads all entries; what is wrong with one does not keep the next from being read. */
  void read(
      Variables variables, Names names, List<Definition> definitions, List<Problem> problems) {
    if (entries.isObject()) {
      for (Map.Entry<String, JsonNode> one : entries.properties()) {
        String at = FieldPath.child(path, one.getKey());
        readOne(one.getKey(), at, one.getValue(), variables, names, definitions, problems);
      }
    } else if (entries.isArray()) {
      int index = 0;
      for (JsonNode one : entries.values()) {
        String at = path + "[" + index++ + "]";
        String name = one.path("name").asString("");
        if (name.isBlank()) {
          problems.add(new Problem(at + ".name", "is missing: give the server a name"));
        } else {
          readOne(name, at, one, variables, names, definitions, problems);
        }
      }
    } else {
      problems.add(new Problem(path, "must be an object with a server under each name"));
    }
  }

  private void readOne(
      String name,
      String at,
      JsonNode json,
      Variables variables,
      Names names,
      List<Definition> definitions,
      List<Problem> problems) {
    Entry entry = new Entry(at, json, variables);
    Definition definition = EntryReader.read(names.unique(name, origin), entry);
    if (definition != null) {
      definitions.add(definition);
    }
    problems.addAll(entry.problems());
  }
}
