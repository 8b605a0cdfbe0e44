package dev.pharos.store;

import dev.pharos.fleet.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the JSON columns have in common: fields that are not set are left out. */
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("malformed JSON");
    }
  }

  static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static void put(ObjectNode json, String name, @Nullable Long value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static void put(ObjectNode json, String name, @Nullable Integer value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static void put(ObjectNode json, String name, @Nullable Boolean value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static void put(ObjectNode json, String name, @Nullable Duration value) {
    put(json, name, value == null ? null : (Long) Moments.micros(value));
  }

  static void put(ObjectNode json, String name, @Nullable Secret value) {
    put(json, name, value == null ? null : value.reveal());
  }

  static @Nullable String string(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  static @Nullable Integer integer(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isNumber() ? value.intValue() : null;
  }

  static @Nullable Boolean bool(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isBoolean() ? value.booleanValue() : null;
  }

  static @Nullable Duration duration(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isNumber() ? Moments.duration(value.longValue()) : null;
  }

  static @Nullable Instant instant(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isNumber() ? Moments.instant(value.longValue()) : null;
  }

  static @Nullable Secret secret(JsonNode json, String name) {
    String value = string(json, name);
    return value == null ? null : new Secret(value);
  }

  static String required(JsonNode json, String name) {
    return json.required(name).stringValue();
  }

  static Secret requiredSecret(JsonNode json, String name) {
    return new Secret(required(json, name));
  }

  static String strings(List<String> values) {
    ArrayNode array = MAPPER.createArrayNode();
    values.forEach(array::add);
    return array.toString();
  }

  static List<String> strings(String text) {
    List<String> values = new ArrayList<>();
    parse(text).forEach(each -> values.add(each.stringValue()));
    return values;
  }

  static ObjectNode secrets(Map<String, Secret> values) {
    ObjectNode json = object();
    values.forEach((name, value) -> json.put(name, value.reveal()));
    return json;
  }

  static Map<String, Secret> secrets(JsonNode json) {
    Map<String, Secret> values = new LinkedHashMap<>();
    json.properties()
        .forEach(each -> values.put(each.getKey(), new Secret(each.getValue().stringValue())));
    return values;
  }
}
