package dev.pharos.http;

import dev.pharos.trace.Failure;
import dev.pharos.view.Mask;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The forms that all views share. */
final class Json {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Writes an answer. */
  @FunctionalInterface
  interface Writing {
    void write(JsonGenerator json);
  }

  private Json() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static ArrayNode list(Stream<? extends JsonNode> all) {
    ArrayNode list = NODES.arrayNode();
    all.forEach(list::add);
    return list;
  }

  static ArrayNode words(Iterable<String> all) {
    ArrayNode list = NODES.arrayNode();
    all.forEach(list::add);
    return list;
  }

  /** The text in UTF-8. Without a string between, which for a long list costs as much again. */
  static byte[] bytes(JsonNode json) {
    return MAPPER.writeValueAsBytes(json);
  }

  /** What is written, in UTF-8; for answers that are too long for a tree. */
  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
      writing.write(json);
    }
    return bytes.toByteArray();
  }

  /** Writes the fields of an object into the one that is open. */
  static void properties(JsonGenerator json, ObjectNode object) {
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      json.writeName(each.getKey());
      json.writeTree(each.getValue());
    }
  }

  /** RFC 3339 in UTC, to the microsecond. */
  static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MICROS).toString();
  }

  static @Nullable Double millis(@Nullable Long micros) {
    return micros == null ? null : micros / 1_000.0;
  }

  /** Whole seconds as a whole number, others with a fraction. */
  static void seconds(ObjectNode json, String name, Duration time) {
    if (time.toNanosPart() == 0) {
      json.put(name, time.toSeconds());
    } else {
      json.put(name, time.toNanos() / 1e9);
    }
  }

  static @Nullable Integer known(int count) {
    return count < 0 ? null : count;
  }

  /** Why something is not healthy: an object, or null. */
  static @Nullable ObjectNode reason(@Nullable Failure reason, @Nullable Mask mask) {
    return reason == null
        ? null
        : object()
            .put("stage", reason.stage().wire())
            .put("kind", reason.kind().wire())
            .put("message", mask == null ? reason.message() : mask.hideKnown(reason.message()));
  }

  /** Of our own making: it is JSON. */
  static JsonNode tree(String json) {
    return MAPPER.readTree(json);
  }

  /** JSON that came from elsewhere and was kept as text; null when it is none. */
  static @Nullable JsonNode parsed(@Nullable String json) {
    try {
      return json == null ? null : MAPPER.readTree(json);
    } catch (JacksonException e) {
      return null;
    }
  }
}
