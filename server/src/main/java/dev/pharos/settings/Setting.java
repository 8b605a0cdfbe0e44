package dev.pharos.settings;

import dev.pharos.field.Fields;
import dev.pharos.field.Seconds;
import dev.pharos.field.TextRule;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One setting of a group: what it may be and what it is when nobody says.
 *
 * @param check notes at the field what is wrong with it
 */
record Setting(String name, boolean nullable, JsonNode otherwise, Check check) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Predicate<String> HOST_AND_PORT =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):\\d{1,5}")
          .asMatchPredicate();

  /** Reads a field and writes it as it is always written; null when it is absent or wrong. */
  @FunctionalInterface
  interface Check {
    @Nullable JsonNode read(Fields fields, String name);
  }

  static Setting seconds(String name, Duration min, Duration max, Duration otherwise) {
    return new Setting(
        name,
        false,
        Seconds.json(otherwise),
        (fields, key) -> {
          Duration value = fields.seconds(key, min, max);
          return value == null ? null : Seconds.json(value);
        });
  }

  static Setting millis(
      String name, long min, long max, @Nullable Duration otherwise, boolean nullable) {
    JsonNode byDefault =
        otherwise == null ? JSON.nullNode() : JSON.numberNode(otherwise.toMillis());
    return new Setting(
        name,
        nullable,
        byDefault,
        (fields, key) -> {
          Duration value = fields.millis(key, min, max);
          return value == null ? null : JSON.numberNode(value.toMillis());
        });
  }

  static Setting count(String name, int min, int max, int otherwise) {
    return new Setting(
        name,
        false,
        JSON.numberNode(otherwise),
        (fields, key) -> {
          Integer value = fields.count(key, min, max);
          return value == null ? null : JSON.numberNode(value.intValue());
        });
  }

  static Setting flag(String name, boolean otherwise) {
    return new Setting(
        name,
        false,
        JSON.booleanNode(otherwise),
        (fields, key) -> {
          Boolean value = fields.flag(key);
          return value == null ? null : JSON.booleanNode(value);
        });
  }

  /** {@code host:port}, or null. */
  static Setting place(String name) {
    return new Setting(
        name,
        true,
        JSON.nullNode(),
        (fields, key) -> {
          String text = fields.text(key, TextRule.LINE, 300);
          if (text != null && !HOST_AND_PORT.test(text)) {
            fields.wrong(key, "must be host:port, for example 192.0.2.1:443");
          }
          return text == null ? null : JSON.stringNode(text);
        });
  }
}
