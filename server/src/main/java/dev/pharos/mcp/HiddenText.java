package dev.pharos.mcp;

/** Finds characters that a person does not see but a model reads. */
final class HiddenText {
  private HiddenText() {}

  /** The first hidden character in a JSON text, written out or as an escape, or -1. */
  static int firstHidden(String json) {
    int previous = 0;
    for (int i = 0; i < json.length(); ) {
      int c = json.codePointAt(i);
      int size = Character.charCount(c);
      if (c == '\\' && i + 1 < json.length()) {
        size = 2;
        if (json.charAt(i + 1) == 'u' && i + 6 <= json.length()) {
          size = 6;
          c = escape(json, i);
          if (Character.isHighSurrogate((char) c)
              && json.startsWith("\\u", i + 6)
              && i + 12 <= json.length()) {
            c = Character.toCodePoint((char) c, (char) escape(json, i + 6));
            size = 12;
          }
        }
      }
      // A joiner after an emoji or a letter of a joining script is honest writing.
      if (hidden(c) && !((c == 0x200D || c == 0x200C) && previous >= 0x0600)) {
        return c;
      }
      previous = c;
      i += size;
    }
    return -1;
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
