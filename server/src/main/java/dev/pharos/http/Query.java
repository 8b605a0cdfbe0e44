package dev.pharos.http;

import dev.pharos.field.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query of a request and collects everything that is wrong with it; {@link #check} throws
 * it all at once. A value that is wrong reads as if it were absent until then.
 */
final class Query {
  private static final int MAX_LENGTH = 2_000;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final Map<String, List<String>> values;
  private final List<Problem> errors = new ArrayList<>();

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  static Query of(Map<String, List<String>> values, String... known) {
    Query query = new Query(values);
    Set<String> names = new LinkedHashSet<>(List.of(known));
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        query.wrong(
            shown(name),
            names.isEmpty()
                ? "takes no parameters"
                : "unknown; known are " + String.join(", ", names));
      }
    }
    return query;
  }

  /** A name of the client's own, made fit to be shown. */
  private static String shown(String name) {
    String plain = CONTROL.matcher(name).replaceAll("?");
    return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
  }

  @Nullable String text(String name) {
    List<String> all = values.get(name);
    if (all == null || all.isEmpty()) {
      return null;
    }
    String value = all.getFirst();
    if (all.size() > 1) {
      wrong(name, "is given more than once");
      return null;
    }
    if (value.length() > MAX_LENGTH) {
      wrong(name, "is longer than " + MAX_LENGTH + " characters");
      return null;
    }
    if (CONTROL.matcher(value).find()) {
      wrong(name, "must not hold control characters");
      return null;
    }
    return value.isEmpty() ? null : value;
  }

  /** A whole number in a range. */
  int number(String name, int otherwise, int least, int most) {
    Long value = cursor(name);
    if (value == null) {
      return otherwise;
    }
    if (value < least || value > most) {
      wrong(name, "must be between " + least + " and " + most);
      return otherwise;
    }
    return Math.toIntExact(value);
  }

  /** A whole number of 0 or more, or null. */
  @Nullable Long cursor(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      if (text.matches("[0-9]{1,19}")) {
        return Long.valueOf(text);
      }
    } catch (NumberFormatException e) {
      // Too large: said below.
    }
    wrong(name, "must be a whole number of 0 or more");
    return null;
  }

  /** One of a few words, or null. */
  <T> @Nullable T choice(String name, T[] all, Function<T, String> word) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    for (T each : all) {
      if (word.apply(each).equals(text)) {
        return each;
      }
    }
    wrong(name, "must be one of " + Arrays.stream(all).map(word).collect(Collectors.joining(", ")));
    return null;
  }

  boolean flag(String name) {
    Boolean flag = choice(name, new Boolean[] {true, false}, String::valueOf);
    return flag != null && flag;
  }

  /** A moment as RFC 3339 writes it. */
  @Nullable Instant moment(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      // A plus sign that was not encoded arrives as a space.
      return OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
    } catch (DateTimeParseException e) {
      wrong(name, "must be a moment like 2026-11-02T10:00:00Z");
      return null;
    }
  }

  /** Words between commas. */
  Set<String> words(String name, int most) {
    String text = text(name);
    if (text == null) {
      return Set.of();
    }
    Set<String> words =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (words.size() > most) {
      wrong(name, "names more than " + most);
    }
    return words;
  }

  /** Notes a mistake. */
  void wrong(String name, String message) {
    errors.add(new Problem(name, message));
  }

  /** Throws all mistakes so far, if there are any. */
  void check() {
    if (!errors.isEmpty()) {
      throw new ProblemDetails(400, "bad_query", "the query has mistakes").with(errors).thrown();
    }
  }
}
