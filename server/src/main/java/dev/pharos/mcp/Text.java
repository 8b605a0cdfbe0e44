package dev.pharos.mcp;

import java.nio.charset.StandardCharsets;

/** Makes text from the wire fit for one line that a person reads. */
final class Text {
  private static final int MAX = 300;

  private Text() {}

  /** One line without control characters, at most 300 characters. */
  static String line(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), MAX));
    boolean blank = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || Character.getType(c) == Character.CONTROL) {
        blank = !line.isEmpty();
        continue;
      }
      if (line.length() >= MAX) {
        return line.append('…').toString();
      }
      if (blank) {
        line.append(' ');
        blank = false;
      }
      if (Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE) {
        line.append(String.format("\\u%04x", c));
      } else {
        line.appendCodePoint(c);
      }
    }
    return line.toString();
  }

  /** The text with half characters, which UTF-8 cannot hold, replaced; the same text mostly. */
  static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }

  static String line(byte[] utf8, int offset, int length) {
    return line(new String(utf8, offset, Math.min(length, 4 * MAX), StandardCharsets.UTF_8));
  }
}
