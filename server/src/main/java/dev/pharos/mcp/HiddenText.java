package dev.pharos.mcp;

/** Finds characters that a person does not see but a model reads. */
final class HiddenText {
  private HiddenText() {}

  /** The first hidden character in a valid JSON text, written out or as an escape, or -1. */
  static int firstHidden(String json) {
    int previous = 0;
    for (int i = 0; i < json.length(); ) {
      int c = json.codePointAt(i);
      int size = Character.charCount(c);
      if (c == '\\' && i + 1 < json.length()) {
        size = isPair(json, i) ? 12 : json.charAt(i + 1) == 'u' ? 6 : 2;
        c = escaped(json, i, size);
      }
      if (hidden(c) && !joins(previous, c)) {
        return c;
      }
      previous = c;
      i += size;
    }
    return -1;
  }

  /** One joiner after an emoji or a letter of a joining script is honest writing. */
  private static boolean joins(int previous, int c) {
    return (c == 0x200D || c == 0x200C) && previous >= 0x0600 && !hidden(previous);
  }

  private static int escaped(String json, int at, int size) {
    return switch (size) {
      case 12 -> Character.toCodePoint((char) escape(json, at), (char) escape(json, at + 6));
      case 6 -> escape(json, at);
      case 2 ->
          switch (json.charAt(at + 1)) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> ' '; // line ends, tabs, quotes and slashes
          };
      default -> throw new IllegalArgumentException("no escape has " + size + " characters");
    };
  }

  /** Whether two escapes stand for one character beyond the first 65,536. */
  private static boolean isPair(String json, int at) {
    return json.startsWith("\\u", at)
        && json.startsWith("\\u", at + 6)
        && Character.isHighSurrogate((char) escape(json, at))
        && Character.isLowSurrogate((char) escape(json, at + 6));
  }

  private static int escape(String json, int at) {
    return Integer.parseInt(json, at + 2, at + 6, 16);
  }

  /**
   * Zero-width, direction-changing, tag and filler characters, and controls but tab and line ends.
   */
  static boolean hidden(int c) {
    return (c >= 0x200B && c <= 0x200F)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x2064)
        || (c >= 0x2066 && c <= 0x2069)
        || (c >= 0xE0000 && c <= 0xE007F)
        || (c >= 0xE0100 && c <= 0xE01EF)
        || c == 0xFEFF
        || c == 0x00AD
        || c == 0x034F
        || c == 0x061C
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || c == 0x180E
        || c == 0x3164
        || c == 0xFFA0
        || (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
        || (c >= 0x7F && c <= 0x9F);
  }
}
