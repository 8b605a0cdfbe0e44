package dev.pharos.definition;

import dev.pharos.field.FieldPath;
import dev.pharos.field.Problem;
import dev.pharos.fleet.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one server's entry, with variables replaced; collects what is wrong and what is
 * missing on the way. Not thread-safe.
 */
final class Entry {
  private final String path;
  private final JsonNode json;
  private final Variables variables;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> missing = new LinkedHashSet<>();

  Entry(String path, JsonNode json, Variables variables) {
    this.path = path;
    this.json = json;
    this.variables = variables;
  }

  JsonNode json() {
    return json;
  }

  List<Problem> problems() {
    return problems;
  }

  List<String> missing() {
    return List.copyOf(missing);
  }

  Variables variables() {
    return variables;
  }

  /** Notes what is wrong with a field; with an empty field, with the entry. */
  void wrong(String field, String message) {
    problems.add(new Problem(field.isEmpty() ? path : path + "." + field, message));
  }

  /** Notes that something has no value. */
  void lacks(String what) {
    missing.add(what);
  }

  boolean has(String field) {
    return json.hasNonNull(field);
  }

  /** A text field; null when it is absent or no text. */
  @Nullable String text(String field) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      wrong(field, "must be a text in quotes");
      return null;
    }
    return variables.expand(value.stringValue(), this::lacks);
  }

  /** An array of texts; numbers and booleans count as texts. Empty when absent. */
  List<String> texts(String field) {
    return texts(field, json.get(field));
  }

  List<String> texts(String field, @Nullable JsonNode array) {
    List<String> texts = new ArrayList<>();
    if (array == null || array.isNull()) {
      return texts;
    }
    if (!array.isArray()) {
      wrong(field, "must be a list of texts");
      return texts;
    }
    for (JsonNode value : array.values()) {
      if (value.isValueNode() && !value.isNull()) {
        texts.add(variables.expand(value.asString(), this::lacks));
      } else {
        wrong(field + "[" + texts.size() + "]", "must be a text");
      }
    }
    return texts;
  }

  /** An object of texts. Empty when absent. */
  Map<String, Secret> secrets(String field) {
    return secrets(field, json.get(field));
  }

  Map<String, Secret> secrets(String field, @Nullable JsonNode object) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    if (object == null || object.isNull()) {
      return secrets;
    }
    if (!object.isObject()) {
      wrong(field, "must be an object of names and texts");
      return secrets;
    }
    for (Map.Entry<String, JsonNode> one : object.properties()) {
      if (one.getValue().isValueNode() && !one.getValue().isNull()) {
        String value = variables.expand(one.getValue().asString(), this::lacks);
        secrets.put(one.getKey(), new Secret(value));
      } else {
        wrong(FieldPath.child(field, one.getKey()), "must be a text");
      }
    }
    return secrets;
  }
}
