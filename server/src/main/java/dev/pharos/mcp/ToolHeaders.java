package dev.pharos.mcp;

import dev.pharos.net.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The arguments of a tool that also travel as {@code Mcp-Param-*} headers (revision 2026-07-28,
 * {@code x-mcp-header}).
 */
final class ToolHeaders {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String ANNOTATION = "x-mcp-header";
  private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

  /** Keywords whose value maps names of any kind to schemas. */
  private static final Set<String> NAMED_SCHEMAS =
      Set.of("properties", "patternProperties", "dependentSchemas", "$defs", "definitions");

  /** Keywords whose value is an example of data, whatever names are in it. */
  private static final Set<String> DATA =
      Set.of("default", "const", "enum", "examples", ANNOTATION);

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private ToolHeaders() {}

  /**
   * What makes the tool's annotations invalid, or null: a tool with an invalid one must be left out
   * over HTTP.
   */
  static @Nullable String fault(String toolJson) {
    try {
      JsonNode schema = MAPPER.readTree(toolJson).path("inputSchema");
      Map<String, List<String>> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      String fault = collect(schema, List.of(), names);
      return fault != null ? fault : strays(schema, names.size());
    } catch (JacksonException e) {
      return "its definition cannot be read";
    }
  }

  /** The headers for a call with these arguments. */
  static List<Header> of(String toolJson, JsonNode arguments) {
    Map<String, List<String>> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    collect(MAPPER.readTree(toolJson).path("inputSchema"), List.of(), names);
    List<Header> headers = new ArrayList<>();
    names.forEach((name, path) -> {
      JsonNode value = arguments;
      for (String step : path) {
        value = value.path(step);
      }
      if (value.isString() || value.isBoolean() || value.isIntegralNumber()) {
        headers.add(new Header("Mcp-Param-" + name, encode(value.asString())));
      }
    });
    return headers;
  }

  /** A header value: as it is when safe, else in the Base64 form. */
  static String encode(String value) {
    boolean safe =
        value.equals(value.strip())
            && value.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)
            && !(value.startsWith("=?base64?") && value.endsWith("?="));
    return safe
        ? value
        : "=?base64?"
            + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }

  private static @Nullable String collect(
      JsonNode schema, List<String> path, Map<String, List<String>> names) {
    JsonNode properties = schema.path("properties");
    if (!properties.isObject()) {
      return null;
    }
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      List<String> here = new ArrayList<>(path);
      here.add(property.getKey());
      String fault = annotation(property.getValue(), here, names);
      if (fault == null) {
        fault = collect(property.getValue(), here, names);
      }
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String annotation(
      JsonNode property, List<String> path, Map<String, List<String>> names) {
    JsonNode header = property.get(ANNOTATION);
    if (header == null) {
      return null;
    }
    if (!header.isString() || !header.stringValue().matches(TOKEN)) {
      return "the x-mcp-header of " + Text.line(String.join(".", path)) + " is no header name";
    }
    if (!TYPES.contains(property.path("type").asString(""))) {
      return "the x-mcp-header of "
          + Text.line(String.join(".", path))
          + " is not on a string, integer or boolean";
    }
    String name = header.stringValue();
    return names.putIfAbsent(name, path) != null
        ? "two x-mcp-header are named " + Text.line(name)
        : null;
  }

  /** Annotations that {@code properties} keys alone do not lead to. */
  private static @Nullable String strays(JsonNode schema, int reachable) {
    return annotations(schema) > reachable
        ? "an x-mcp-header stands where no property path leads"
        : null;
  }

  /** How many annotations stand in a schema and the schemas within it. */
  private static int annotations(JsonNode schema) {
    int count = schema.has(ANNOTATION) ? 1 : 0;
    for (JsonNode element : schema.isArray() ? schema : List.<JsonNode>of()) {
      count += annotations(element);
    }
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      if (NAMED_SCHEMAS.contains(entry.getKey())) {
        for (JsonNode named : entry.getValue()) {
          count += annotations(named);
        }
      } else if (!DATA.contains(entry.getKey())) {
        count += annotations(entry.getValue());
      }
    }
    return count;
  }
}
