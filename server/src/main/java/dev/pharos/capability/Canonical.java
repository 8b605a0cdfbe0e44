package dev.pharos.capability;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON in the one form that equal content has: sorted keys, no spaces, numbers by value; arrays
 * keep their order, except those that JSON Schema treats as sets ({@code required}, {@code enum},
 * {@code type}). Text is not normalised: a look-alike letter is a change.
 */
final class Canonical {
  private static final Set<String> SETS = Set.of("required", "enum", "type");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Canonical() {}

  /** The canonical form; what is no JSON stays as it is. */
  static String of(String json) {
    try {
      StringBuilder out = new StringBuilder(json.length());
      write(JSON.readTree(json), out);
      return out.toString();
    } catch (JacksonException e) {
      return json;
    }
  }

  /** A JSON string literal with its quotes. */
  static String quote(String text) {
    return JSON.writeValueAsString(text);
  }

  private static void write(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      writeObject(node, out);
    } else if (node.isArray()) {
      writeAll(texts(node), out);
    } else if (node.isNumber()) {
      out.append(number(node.decimalValue()));
    } else {
      out.append(JSON.writeValueAsString(node));
    }
  }

  private static void writeObject(JsonNode node, StringBuilder out) {
    Map<String, JsonNode> fields = new TreeMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    char before = '{';
    for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
      out.append(before).append(quote(field.getKey())).append(':');
      if (field.getValue().isArray() && SETS.contains(field.getKey())) {
        writeAll(texts(field.getValue()).stream().sorted().toList(), out);
      } else {
        write(field.getValue(), out);
      }
      before = ',';
    }
    out.append(fields.isEmpty() ? "{}" : "}");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    for (JsonNode element : array) {
      StringBuilder text = new StringBuilder();
      write(element, text);
      texts.add(text.toString());
    }
    return texts;
  }

  private static void writeAll(List<String> elements, StringBuilder out) {
    out.append('[').append(String.join(",", elements)).append(']');
  }

  /**
   * Without a fraction that says nothing; never in full length, which an exponent could blow up.
   */
  private static String number(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.unscaledValue() + (stripped.scale() == 0 ? "" : "e" + -(long) stripped.scale());
  }
}
