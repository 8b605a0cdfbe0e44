package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Compares JSON with the schemas of an OpenAPI document by the names and kinds of properties. */
final class Shape {
  private final JsonNode api;
  private final JsonNode schemas;
  private final IdentityHashMap<JsonNode, Set<String>> ever = new IdentityHashMap<>();
  private final IdentityHashMap<JsonNode, Set<String>> always = new IdentityHashMap<>();

  Shape(JsonNode api) {
    this.api = api;
    this.schemas = api.path("components").path("schemas");
  }

  void hold(JsonNode json, String schema) {
    assertThat(schemas.has(schema)).as(schema).isTrue();
    hold(json, schemas.path(schema), schema);
  }

  /** The schema of a type of event, by the mapping of the union. */
  String eventSchema(String type) {
    String reference =
        schemas.path("Event").path("discriminator").path("mapping").path(type).asString();
    assertThat(reference).as(type).isNotEmpty();
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  /** The schema of a group of settings, by its description. */
  String settingsSchema(String key) {
    return schemas.properties().stream()
        .filter(each ->
            each.getValue().path("description").asString().equals("The group `" + key + "`."))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  Set<String> eventTypes() {
    return new TreeSet<>(
        schemas.path("Event").path("discriminator").path("mapping").propertyNames());
  }

  private void hold(JsonNode json, JsonNode given, String where) {
    JsonNode schema = resolved(given);
    if (schema.has("oneOf")) {
      String type = json.path("type").asString();
      JsonNode reference = schema.path("discriminator").path("mapping").path(type);
      assertThat(reference.isString()).as(where + " of type " + type).isTrue();
      hold(json, api.at(reference.asString().substring(1)), where);
      return;
    }
    kind(json, schema, where);
    if (json.isArray()) {
      json.forEach(item -> hold(item, schema.path("items"), where + "[]"));
    } else if (json.isObject() && schema.has("properties")) {
      object(json, schema, where);
    }
  }

  private void object(JsonNode json, JsonNode schema, String where) {
    Set<String> described = new TreeSet<>(schema.path("properties").propertyNames());
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.asString()));
    assertThat(described).as(where + ": what is described").containsAll(json.propertyNames());
    assertThat(json.propertyNames()).as(where + ": what is required").containsAll(required);
    assertThat(described).as(where + ": required is described").containsAll(required);
    ever.computeIfAbsent(schema, _ -> new TreeSet<>()).addAll(json.propertyNames());
    always
        .computeIfAbsent(schema, _ -> new TreeSet<>(json.propertyNames()))
        .retainAll(json.propertyNames());
    json.properties()
        .forEach(each ->
            hold(
                each.getValue(),
                schema.path("properties").path(each.getKey()),
                where + "." + each.getKey()));
  }

  /** All that is described was there once, and what was always there is required. */
  void complete() {
    ever.forEach((schema, names) ->
        assertThat(names).as("what came").containsAll(schema.path("properties").propertyNames()));
    always.forEach((schema, names) -> {
      Set<String> required = new TreeSet<>();
      schema.path("required").forEach(name -> required.add(name.asString()));
      assertThat(required).as("what always comes is required").containsAll(names);
    });
  }

  private static void kind(JsonNode json, JsonNode schema, String where) {
    if (schema.has("enum")) {
      assertThat(schema.path("enum").valueStream().map(JsonNode::toString))
          .as(where)
          .contains(json.toString());
    }
    if (schema.has("const")) {
      assertThat(json).as(where).isEqualTo(schema.path("const"));
    }
    JsonNode type = schema.path("type");
    if (type.isMissingNode()) {
      return;
    }
    Set<String> allowed = new TreeSet<>();
    type.forEach(each -> allowed.add(each.asString()));
    if (type.isString()) {
      allowed.add(type.asString());
    }
    assertThat(allowed).as(where + " is " + json).contains(kind(json, allowed));
  }

  private static String kind(JsonNode json, Set<String> allowed) {
    return switch (json.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case NUMBER -> json.isIntegralNumber() && allowed.contains("integer") ? "integer" : "number";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }

  private JsonNode resolved(JsonNode schema) {
    return schema.path("$ref").isString()
        ? api.at(schema.path("$ref").asString().substring(1))
        : schema;
  }
}
