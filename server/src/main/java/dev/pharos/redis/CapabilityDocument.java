package dev.pharos.redis;

import dev.pharos.capability.CapabilityCache.Cached;
import dev.pharos.capability.Snapshot;
import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Item;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cached snapshot as JSON that other programs can read: {@code cached_at}, {@code seen_at},
 * {@code hash}, and {@code tools}, {@code prompts}, {@code resources}, {@code resource_templates},
 * each an array of the items as the server gave them, to the byte, or null where it offers none.
 */
final class CapabilityDocument {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The field that tells the items of a list apart. */
  private static final Map<String, String> KEYS =
      Map.of(
          "tools",
          "name",
          "prompts",
          "name",
          "resources",
          "uri",
          "resource_templates",
          "uriTemplate");

  private final String text;
  private final JsonParser parser;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, List<Item>> lists = new HashMap<>();

  private CapabilityDocument(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  static String write(Cached cached) {
    StringWriter out = new StringWriter();
    Capabilities it = cached.snapshot().capabilities();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("cached_at", cached.cachedAt().toString());
      json.writeStringProperty("seen_at", cached.snapshot().seenAt().toString());
      json.writeStringProperty("hash", cached.snapshot().hash());
      list(json, "tools", it.tools());
      list(json, "prompts", it.prompts());
      list(json, "resources", it.resources());
      list(json, "resource_templates", it.resourceTemplates());
      json.writeEndObject();
    }
    return out.toString();
  }

  /** Empty when it is not what {@code write} wrote. */
  static Optional<Cached> read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      return new CapabilityDocument(text, parser).cached();
    } catch (JacksonException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static void list(JsonGenerator json, String name, @Nullable List<Item> items) {
    json.writeName(name);
    if (items == null) {
      json.writeNull();
      return;
    }
    json.writeStartArray();
    items.forEach(item -> json.writeRawValue(item.json()));
    json.writeEndArray();
  }

  private Optional<Cached> cached() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return Optional.empty();
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      String key = KEYS.get(name);
      if (key != null && token == JsonToken.START_ARRAY) {
        lists.put(name, items(key));
      } else if (token == JsonToken.VALUE_STRING) {
        texts.put(name, parser.getString());
      } else {
        parser.skipChildren();
      }
    }
    return snapshot();
  }

  private Optional<Cached> snapshot() {
    String cachedAt = texts.get("cached_at");
    String seenAt = texts.get("seen_at");
    String hash = texts.get("hash");
    if (cachedAt == null || seenAt == null || hash == null) {
      return Optional.empty();
    }
    Capabilities capabilities =
        new Capabilities(
            lists.get("tools"),
            lists.get("prompts"),
            lists.get("resources"),
            lists.get("resource_templates"));
    Snapshot snapshot = new Snapshot(hash, Instant.parse(seenAt), capabilities);
    return Optional.of(new Cached(snapshot, Instant.parse(cachedAt)));
  }

  private List<Item> items(String key) {
    List<Item> items = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      items.add(item(key));
    }
    return List.copyOf(items);
  }

  private Item item(String key) {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    Map<String, String> found = new HashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        found.put(name, parser.getString());
      }
      parser.skipChildren();
    }
    int end = (int) parser.currentLocation().getCharOffset();
    String json = text.substring(start, end);
    return new Item(
        found.getOrDefault(key, ""), found.get("title"), found.get("description"), json);
  }
}
