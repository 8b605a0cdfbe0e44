package dev.pharos.field;

import java.util.regex.Pattern;

/** Names a place in a JSON document: {@code a.b}, {@code a[3]}, {@code a["with space"]}. */
public final class FieldPath {
  private static final Pattern PLAIN = Pattern.compile("[\\w@/-]+");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\u2028\\u2029]");
  private static final int MAX_KEY = 100;

  private FieldPath() {}

  /**
   * The place of a key below another place; the empty text is the whole document. What cannot be
   * printed in a key is shown as a question mark, and a very long key is cut.
   */
  public static String child(String parent, String key) {
    String cut = key.length() <= MAX_KEY ? key : key.substring(0, MAX_KEY) + "…";
    String shown = UNPRINTABLE.matcher(cut).replaceAll("?");
    if (!PLAIN.matcher(shown).matches()) {
      return parent + "[\"" + shown + "\"]";
    }
    return parent.isEmpty() ? shown : parent + "." + shown;
  }

  /** The place of an item of a list, counted from 0. */
  public static String item(String parent, int index) {
    return parent + "[" + index + "]";
  }
}
