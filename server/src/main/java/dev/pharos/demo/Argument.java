package dev.pharos.demo;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An argument of a tool or prompt as a catalogue has it: {@code string! The city}, {@code integer=3
 * How many days}, {@code celsius|fahrenheit=celsius The unit}, {@code string@Region The region,
 * repeated in a header}.
 */
record Argument(
    String name,
    String type,
    boolean required,
    @Nullable String header,
    @Nullable String preset,
    String description) {
  private static final Pattern SHORT =
      Pattern.compile("([^\\s!@=]+)(!)?(?:@([A-Za-z-]+))?(?:=(\\S+))? (.+)");

  /** Reads an object of arguments by name. */
  static List<Argument> all(JsonNode brief) {
    return brief.properties().stream().map(e -> of(e.getKey(), e.getValue().asString())).toList();
  }

  private static Argument of(String name, String brief) {
    Matcher parts = SHORT.matcher(brief);
    if (!parts.matches()) {
      throw new IllegalArgumentException(name + ": " + brief);
    }
    return new Argument(
        name,
        parts.group(1),
        parts.group(2) != null,
        parts.group(3),
        parts.group(4),
        parts.group(5));
  }

  /** Its JSON schema. */
  void describe(ObjectNode schema) {
    boolean choice = type.contains("|");
    schema.put("type", choice ? "string" : type).put("description", description);
    if (choice) {
      List.of(type.split("\\|", -1)).forEach(schema.putArray("enum")::add);
    }
    if (header != null) {
      schema.put("x-mcp-header", header);
    }
    if (preset != null) {
      preset(schema, preset);
    }
  }

  private void preset(ObjectNode schema, String value) {
    switch (type) {
      case "integer" -> schema.put("default", Integer.parseInt(value));
      case "boolean" -> schema.put("default", Boolean.parseBoolean(value));
      default -> schema.put("default", value);
    }
  }

  /** What stands for it in an answer; null when it is missing. */
  @Nullable String value(JsonNode given) {
    JsonNode value = given.get(name);
    if (value == null || value.isNull()) {
      return required ? null : preset == null ? "" : preset;
    }
    return value.isValueNode() ? value.asString() : value.toString();
  }
}
