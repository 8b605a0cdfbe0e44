package dev.pharos.store;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The lists of a server as a snapshot's column {@code content}; a list not known is left out. */
final class CapabilitiesJson {
  private CapabilitiesJson() {}

  static String write(Capabilities it) {
    ObjectNode json = Json.object();
    list(json, "tools", it.tools());
    list(json, "prompts", it.prompts());
    list(json, "resources", it.resources());
    list(json, "resource_templates", it.resourceTemplates());
    return json.toString();
  }

  static Capabilities read(String text) {
    JsonNode json = Json.parse(text);
    return new Capabilities(
        list(json.path("tools")),
        list(json.path("prompts")),
        list(json.path("resources")),
        list(json.path("resource_templates")));
  }

  private static void list(ObjectNode json, String name, @Nullable List<Item> items) {
    if (items == null) {
      return;
    }
    ArrayNode array = json.putArray(name);
    for (Item item : items) {
      ObjectNode each = array.addObject().put("key", item.key());
      Json.put(each, "title", item.title());
      Json.put(each, "description", item.description());
      // As text, not as part of the tree: it is shown as it came, to the byte.
      each.put("json", item.json());
    }
  }

  private static @Nullable List<Item> list(JsonNode array) {
    if (!array.isArray()) {
      return null;
    }
    List<Item> items = new ArrayList<>(array.size());
    for (JsonNode each : array) {
      items.add(
          new Item(
              Json.required(each, "key"),
              Json.string(each, "title"),
              Json.string(each, "description"),
              Json.required(each, "json")));
    }
    return List.copyOf(items);
  }
}
