package dev.pharos.field;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The fields of one JSON object. Each reading method gives null (or an empty collection) where a
 * field is absent, null or wrong, and notes what is wrong; reading always goes on, so that a person
 * hears of everything at once. No message holds a value that was given. Not thread-safe.
 */
public final class Fields {
  private final String path;
  private final JsonNode json;
  private final List<Problem> problems;

  private Fields(String path, JsonNode json, List<Problem> problems) {
    this.path = path;
    this.json = json;
    this.problems = problems;
  }

  /**
   * Begins to read; notes a value that is no object, and keys that are not known.
   *
   * @param path where the object stands; empty for the whole document
   * @param known all keys that may occur; empty for any
   * @param problems where to note them
   */
  public static Fields of(
      JsonNode json, String path, Collection<String> known, List<Problem> problems) {
    if (!json.isObject()) {
      problems.add(new Problem(path, "must be an object with fields"));
      return new Fields(path, JsonNodeFactory.instance.objectNode(), problems);
    }
    Fields fields = new Fields(path, json, problems);
    if (!known.isEmpty()) {
      for (String key : json.propertyNames()) {
        if (!known.contains(key)) {
          fields.wrong(key, "is not known" + Nearest.hint(key, known));
        }
      }
    }
    return fields;
  }

  public boolean isEmpty() {
    return json.isEmpty();
  }

  /** Whether a field is there and not null. */
  public boolean has(String key) {
    return json.hasNonNull(key);
  }

  /** The value of a field, or null when it is absent or null. */
  public @Nullable JsonNode node(String key) {
    return json.hasNonNull(key) ? json.get(key) : null;
  }

  /** Notes what is wrong with a field. */
  public void wrong(String key, String message) {
    problems.add(new Problem(at(key), message));
  }

  /** Notes what is wrong with a field inside an object field. */
  public void wrongIn(String key, String inner, String message) {
    problems.add(new Problem(FieldPath.child(at(key), inner), message));
  }

  /** The full path of a field. */
  public String at(String key) {
    return key.isEmpty() ? path : FieldPath.child(path, key);
  }

  /** A text; may be empty. */
  public @Nullable String text(String key, TextRule rule, int max) {
    JsonNode value = node(key);
    return value == null ? null : text(value, at(key), rule, max);
  }

  private @Nullable String text(JsonNode value, String at, TextRule rule, int max) {
    if (!value.isString()) {
      problems.add(new Problem(at, "must be a text in quotes"));
      return null;
    }
    String complaint = rule.complaint(value.stringValue(), max);
    if (complaint != null) {
      problems.add(new Problem(at, complaint));
      return null;
    }
    return value.stringValue();
  }

  /** A list of texts. */
  public List<String> texts(String key, TextRule rule, int maxCount, int maxLength) {
    List<String> texts = new ArrayList<>();
    JsonNode array = node(key);
    if (array == null || !sized(key, array, array.isArray(), "a list of texts", maxCount)) {
      return texts;
    }
    int index = 0;
    for (JsonNode value : array.values()) {
      String text = text(value, FieldPath.item(at(key), index++), rule, maxLength);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** An object of names and texts, in its order. */
  public Map<String, String> textMap(String key, TextRule rule, int maxCount, int maxLength) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode object = node(key);
    if (object == null
        || !sized(key, object, object.isObject(), "an object of names and texts", maxCount)) {
      return texts;
    }
    for (Map.Entry<String, JsonNode> one : object.properties()) {
      String text = text(one.getValue(), FieldPath.child(at(key), one.getKey()), rule, maxLength);
      if (text != null) {
        texts.put(one.getKey(), text);
      }
    }
    return texts;
  }

  private boolean sized(String key, JsonNode value, boolean right, String kind, int max) {
    if (!right) {
      wrong(key, "must be " + kind);
    } else if (value.size() > max) {
      wrong(key, "has too many entries: at most " + max);
    }
    return right && value.size() <= max;
  }

  public @Nullable Boolean flag(String key) {
    JsonNode value = node(key);
    if (value == null || value.isBoolean()) {
      return value == null ? null : value.booleanValue();
    }
    wrong(key, "must be true or false");
    return null;
  }

  /** A whole number in a range. */
  public @Nullable Long whole(String key, long min, long max) {
    JsonNode value = node(key);
    if (value == null) {
      return null;
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      long number = value.longValue();
      if (number >= min && number <= max) {
        return number;
      }
    }
    wrong(key, "must be a whole number from " + min + " to " + max);
    return null;
  }

  /** The same for what counts as an {@code int}. */
  public @Nullable Integer count(String key, int min, int max) {
    Long number = whole(key, min, max);
    return number == null ? null : Math.toIntExact(number);
  }

  /** A duration given as a number of seconds, to the millisecond. */
  public @Nullable Duration seconds(String key, Duration min, Duration max) {
    JsonNode value = node(key);
    if (value == null) {
      return null;
    }
    // Judged as a double first: a number can have more digits than there is memory.
    double seconds = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (seconds >= min.toMillis() / 1000.0 && seconds <= max.toMillis() / 1000.0) {
      return Duration.ofMillis(Math.round(seconds * 1000));
    }
    wrong(
        key,
        "must be a number of seconds from " + Seconds.plain(min) + " to " + Seconds.plain(max));
    return null;
  }

  /** A duration given as a whole number of milliseconds. */
  public @Nullable Duration millis(String key, long min, long max) {
    Long number = whole(key, min, max);
    return number == null ? null : Duration.ofMillis(number);
  }

  /** One of a few words. */
  public <E> @Nullable E choice(String key, Map<String, E> words) {
    JsonNode value = node(key);
    if (value == null) {
      return null;
    }
    E meant = value.isString() ? words.get(value.stringValue()) : null;
    if (meant == null) {
      wrong(key, "must be one of " + String.join(", ", words.keySet()));
    }
    return meant;
  }

  /** An object inside; without fields when it is absent. */
  public Fields object(String key, Collection<String> known) {
    JsonNode value = node(key);
    JsonNode inner = value == null ? JsonNodeFactory.instance.objectNode() : value;
    return of(inner, at(key), known, problems);
  }
}
