package dev.pharos.field;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a text may consist of. */
public enum TextRule {
  /** One line without control characters, hidden formatting or halves of characters. */
  LINE("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]"),
  /** The same with line breaks and tabs. */
  PROSE("[\\p{Cc}\\p{Cs}&&[^\\n\\r\\t]]"),
  /** Anything that a process can be given: no NUL. */
  ARGUMENT("[\\u0000\\p{Cs}]"),
  /** The value of a header (RFC 9110 section 5.5), without the obsolete part. */
  HEADER_VALUE("[^\\t\\x20-\\x7e]");

  private final Pattern forbidden;

  TextRule(String forbidden) {
    this.forbidden = Pattern.compile(forbidden);
  }

  /** What is wrong with a text, or null. Lengths count Unicode characters. */
  public @Nullable String complaint(String text, int max) {
    if (text.codePointCount(0, text.length()) > max) {
      return "is too long: at most " + grouped(max) + " characters";
    }
    if (!forbidden.matcher(text).find()) {
      return null;
    }
    return switch (this) {
      case LINE -> "has a line break, a control character or hidden formatting: remove it";
      case PROSE -> "has a control character: remove it";
      case ARGUMENT -> "has a NUL or half a character: remove it";
      case HEADER_VALUE ->
          "has a line break, a control character or one outside ASCII, which no header may carry";
    };
  }

  private static String grouped(int number) {
    return number < 1000 ? "" + number : number / 1000 + "," + "%03d".formatted(number % 1000);
  }
}
