package dev.pharos.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one toy server is and offers, read from a resource that says it in short. Immutable: the
 * trees it gives are the caller's own.
 */
final class Catalogue {
  private final JsonNode brief;
  private final JsonNode tools;

  private Catalogue(JsonNode brief, JsonNode tools) {
    this.brief = brief;
    this.tools = tools;
  }

  /** Reads the catalogue of that name. */
  static Catalogue read(String name) {
    try (InputStream in = Catalogue.class.getResourceAsStream(name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("no catalogue " + name);
      }
      JsonNode brief = JsonMapper.shared().readTree(in);
      return new Catalogue(brief, brief.path("tools"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The catalogue as it is at each stage of its drift; one when it does not drift. */
  List<Catalogue> stages() {
    List<Catalogue> stages = new ArrayList<>();
    stages.add(this);
    brief.path("stages").forEach(change -> stages.add(drifted(change)));
    return List.copyOf(stages);
  }

  private Catalogue drifted(JsonNode change) {
    ObjectNode now = (ObjectNode) tools.deepCopy();
    change.path("without").forEach(name -> now.remove(name.asString()));
    change.path("with").properties().forEach(tool -> now.set(tool.getKey(), tool.getValue()));
    for (Map.Entry<String, JsonNode> text : change.path("describes").properties()) {
      ((ObjectNode) now.path(text.getKey())).set("does", text.getValue());
    }
    return new Catalogue(brief, now);
  }

  /** What a person would write of this server in the monitor's file, without its address. */
  ObjectNode entry() {
    return (ObjectNode) brief.path("entry").deepCopy();
  }

  JsonNode info() {
    return brief.path("info");
  }

  String instructions() {
    return brief.path("instructions").asString();
  }

  String revision() {
    return brief.path("revision").asString();
  }

  /** The capabilities, all of them announcing changes. */
  ObjectNode capabilities() {
    ObjectNode offers = JsonNodeFactory.instance.objectNode();
    for (String list : List.of("tools", "prompts", "resources")) {
      if (brief.has(list)) {
        offers.putObject(list).put("listChanged", true);
      }
    }
    return offers;
  }

  /** A list in full by the name of its field, or null when it is not offered. */
  @Nullable ArrayNode list(String field) {
    if (!brief.has(field) && !(field.equals("resourceTemplates") && brief.has("resources"))) {
      return null;
    }
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    JsonNode from = field.equals("tools") ? tools : brief.path(field);
    from.properties().forEach(item -> write(field, item.getKey(), item.getValue(), items));
    return items;
  }

  private static void write(String field, String key, JsonNode item, ArrayNode to) {
    ObjectNode full = to.addObject();
    String name =
        switch (field) {
          case "resources", "resourceTemplates" -> item.path("name").asString();
          default -> key;
        };
    full.put("name", name).put("title", item.path("title").asString());
    full.put("description", item.path("does").asString());
    switch (field) {
      case "tools" -> tool(item, full);
      case "prompts" -> prompt(item, full);
      case "resources" -> full.put("uri", key).put("mimeType", item.path("type").asString());
      default -> full.put("uriTemplate", key).put("mimeType", item.path("type").asString());
    }
  }

  private static void tool(JsonNode item, ObjectNode full) {
    ObjectNode schema = full.putObject("inputSchema").put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    List<Argument> arguments = Argument.all(item.path("takes"));
    arguments.forEach(each -> each.describe(properties.putObject(each.name())));
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    arguments.stream().filter(Argument::required).forEach(each -> required.add(each.name()));
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    boolean writes = item.path("writes").asBoolean(false);
    ObjectNode hints = full.putObject("annotations").put("readOnlyHint", !writes);
    if (writes) {
      hints.put("destructiveHint", item.path("destroys").asBoolean(false));
    }
  }

  private static void prompt(JsonNode item, ObjectNode full) {
    ArrayNode arguments = full.putArray("arguments");
    for (Argument each : Argument.all(item.path("takes"))) {
      arguments
          .addObject()
          .put("name", each.name())
          .put("description", each.description())
          .put("required", each.required());
    }
  }

  /** One item in short, or null. */
  @Nullable JsonNode item(String field, String key) {
    return field.equals("tools") ? tools.get(key) : brief.path(field).get(key);
  }
}
