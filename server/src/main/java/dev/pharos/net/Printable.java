package dev.pharos.net;

/** Text from a stranger, made fit for one line of a message. */
final class Printable {
  private static final int MAX_LENGTH = 200;

  private Printable() {}

  /** The text without control and direction-changing characters, cut at 200 characters. */
  static String of(String text) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 1);
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(point -> clean.appendCodePoint(printable(point) ? point : '?'));
    return text.codePointCount(0, text.length()) > MAX_LENGTH ? clean + "…" : clean.toString();
  }

  private static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
