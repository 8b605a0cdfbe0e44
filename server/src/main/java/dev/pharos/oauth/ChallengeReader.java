package dev.pharos.oauth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the challenges of one header value. A comma separates challenges as well as parameters, so
 * a name counts as a parameter when an equals sign follows, and as the next scheme when not.
 * Forgives missing commas and bare addresses as values, both seen in the wild.
 */
final class ChallengeReader {
  private static final int MAX_LENGTH = 16 * 1024;
  private static final int MAX_CHALLENGES = 16;
  private static final int MAX_PARAMETERS = 32;

  private final String text;
  private int at;

  ChallengeReader(String value) {
    text = value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value;
  }

  List<Challenge> read() {
    List<Challenge> challenges = new ArrayList<>();
    skipSeparators();
    while (at < text.length() && challenges.size() < MAX_CHALLENGES) {
      String scheme = token();
      if (scheme.isEmpty() || !atSeparator()) {
        skipToComma();
      } else {
        skipBlanks();
        skipToken68();
        challenges.add(new Challenge(scheme, parameters()));
      }
      skipSeparators();
    }
    return challenges;
  }

  private Map<String, String> parameters() {
    Map<String, String> found = new HashMap<>();
    while (true) {
      skipSeparators();
      int start = at;
      String name = parameterName();
      if (name.isEmpty()) {
        at = start;
        return found;
      }
      String value = value();
      if (value != null && found.size() < MAX_PARAMETERS) {
        found.putIfAbsent(name, value);
      }
    }
  }

  /** Reads a name and its equals sign; empty when something else stands here. */
  private String parameterName() {
    String name = token();
    skipBlanks();
    if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
      return "";
    }
    at++;
    skipBlanks();
    return name.toLowerCase(Locale.ROOT);
  }

  /** Reads a value; null when there is none, or a quoted one has no end. */
  private @Nullable String value() {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (!atSeparator()) {
      at++;
    }
    return at == start ? null : text.substring(start, at);
  }

  private @Nullable String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
      }
      value.append(c);
    }
    return null;
  }

  /** Skips the one opaque value that some schemes carry in place of parameters. */
  private void skipToken68() {
    int start = at;
    while (at < text.length() && token68(text.charAt(at))) {
      at++;
    }
    while (at < text.length() && text.charAt(at) == '=') {
      at++;
    }
    int end = at;
    skipBlanks();
    boolean alone = at == text.length() || text.charAt(at) == ',';
    if (end == start || !alone) {
      at = start;
    }
  }

  private String token() {
    int start = at;
    while (at < text.length() && tokenCharacter(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean atSeparator() {
    return at == text.length() || text.charAt(at) == ',' || blank(text.charAt(at));
  }

  private void skipBlanks() {
    while (at < text.length() && blank(text.charAt(at))) {
      at++;
    }
  }

  private void skipSeparators() {
    while (at < text.length() && (blank(text.charAt(at)) || text.charAt(at) == ',')) {
      at++;
    }
  }

  /** Passes over what is no challenge, quoted commas included. */
  private void skipToComma() {
    while (at < text.length() && text.charAt(at) != ',') {
      if (text.charAt(at) == '"') {
        quoted();
      } else {
        at++;
      }
    }
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean tokenCharacter(char c) {
    return letterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  private static boolean token68(char c) {
    return letterOrDigit(c) || "-._~+/".indexOf(c) >= 0;
  }

  private static boolean letterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
