package dev.pharos.definition;

import dev.pharos.field.FieldPath;
import dev.pharos.field.Problem;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces {@code ${env:NAME}}, {@code ${env:NAME:-otherwise}} and {@code ${file:path}} in the
 * texts of our own files; a doubled dollar sign keeps the text as it is. What has no value is a
 * problem, never an empty text.
 */
final class Placeholders {
  private static final Pattern PLACE =
      Pattern.compile("(\\$?)\\$\\{(env|file):([^}]*?)(?::-([^}]*))?\\}");

  private final Function<String, @Nullable String> environment;
  private final @Nullable Path folder;
  private final List<Problem> problems;

  /**
   * @param folder where relative paths of files begin; null for the working folder
   */
  Placeholders(
      Function<String, @Nullable String> environment,
      @Nullable Path folder,
      List<Problem> problems) {
    this.environment = environment;
    this.folder = folder;
    this.problems = problems;
  }

  /** A copy with all texts replaced. */
  JsonNode fill(JsonNode json, String path) {
    if (json.isString()) {
      return JsonNodeFactory.instance.stringNode(fill(json.stringValue(), path));
    }
    if (json.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (JsonNode item : json.values()) {
        copy.add(fill(item, FieldPath.item(path, copy.size())));
      }
      return copy;
    }
    if (json.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> one : json.properties()) {
        copy.set(one.getKey(), fill(one.getValue(), FieldPath.child(path, one.getKey())));
      }
      return copy;
    }
    return json;
  }

  private String fill(String text, String path) {
    return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(value(place, path)));
  }

  private String value(MatchResult place, String path) {
    if (!place.group(1).isEmpty()) {
      return place.group().substring(1);
    }
    String name = place.group(3);
    String value = place.group(2).equals("env") ? environment.apply(name) : file(name);
    if (value != null && !value.isEmpty()) {
      return value;
    }
    if (place.group(4) != null) {
      return place.group(4);
    }
    problems.add(
        new Problem(
            path,
            place.group(2).equals("env")
                ? "needs the environment variable " + name + ", which is not set"
                : "needs a file that cannot be read, is empty or is larger than 64 KiB"));
    return "?"; // not empty: an empty text would be a second problem with the same cause
  }

  private @Nullable String file(String name) {
    try {
      Path path = folder == null ? Path.of(name) : folder.resolve(name);
      return SmallFile.read(path).strip();
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }
}
