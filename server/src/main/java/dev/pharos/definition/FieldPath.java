package dev.pharos.definition;

import java.util.regex.Pattern;

/** Names a place in a JSON document: {@code a.b}, {@code a["with space"]}. */
final class FieldPath {
  private static final Pattern PLAIN = Pattern.compile("[\\w@/-]+");

  private FieldPath() {}

  static String child(String parent, String key) {
    return PLAIN.matcher(key).matches() ? parent + "." + key : parent + "[\"" + key + "\"]";
  }
}
