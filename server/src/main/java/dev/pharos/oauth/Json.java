package dev.pharos.oauth;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The small documents of OAuth, read within bounds. */
final class Json {
  private static final int MAX_STRINGS = 200;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(100)
                          .maxStringLength(Web.MAX_BODY)
                          .maxDocumentLength(Web.MAX_BODY)
                          .build())
                  .build())
          .build();

  private Json() {}

  /** The object in {@code body}, or null when it holds anything else. */
  static @Nullable JsonNode object(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      return node.isObject() ? node : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(ObjectNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  /** The string of that name, or null when it is missing, empty or no string. */
  static @Nullable String string(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isString() && !value.stringValue().isBlank() ? value.stringValue() : null;
  }

  /** The strings of the array of that name, at most 200; empty when there is none. */
  static List<String> strings(JsonNode object, String name) {
    List<String> found = new ArrayList<>();
    for (JsonNode element : object.path(name)) {
      if (element.isString() && found.size() < MAX_STRINGS) {
        found.add(element.stringValue());
      }
    }
    return found;
  }
}
