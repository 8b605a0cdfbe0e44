package dev.pharos.cli;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Makes foreign text safe to print: control characters, terminal escapes, and invisible or
 * direction-changing characters are shown as {@code \u001b}, and so is what the charset cannot
 * write. Immutable.
 */
final class Printable {
  private final Charset charset;
  private final boolean complete;

  Printable(Charset charset) {
    this.charset = charset;
    this.complete = charset.equals(StandardCharsets.UTF_8);
  }

  /** One line of text, however long. */
  String line(String text) {
    // An encoder is not thread-safe, and texts come from several threads.
    CharsetEncoder encoder = complete ? null : charset.newEncoder();
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n') {
            out.append("\\n");
          } else if (c == '\t') {
            out.append(' ');
          } else if (c == '•' && encoder != null && !encoder.canEncode('•')) {
            out.append('*');
          } else if (unsafe(c) || (encoder != null && !encoder.canEncode(Character.toString(c)))) {
            escape(c, out);
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  /** Finished JSON: only characters inside its strings can need an escape. */
  String json(String json) {
    CharsetEncoder encoder = complete ? null : charset.newEncoder();
    StringBuilder out = new StringBuilder(json.length());
    json.codePoints()
        .forEach(c -> {
          boolean layout = c == '\n' || c == '\r' || c == '\t';
          if (!layout
              && (unsafe(c) || (encoder != null && !encoder.canEncode(Character.toString(c))))) {
            escape(c, out);
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static void escape(int codePoint, StringBuilder out) {
    for (char unit : Character.toChars(codePoint)) {
      out.append(String.format("\\u%04x", (int) unit));
    }
  }

  private static boolean unsafe(int c) {
    if (c < 0x7F) {
      return c < 0x20;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> invisible(c);
    };
  }

  /** Letters and marks that show nothing: fillers and variation selectors (but emoji's own). */
  private static boolean invisible(int c) {
    return c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x2800
        || c == 0x3164
        || c == 0xFFA0
        || (c >= 0x17B4 && c <= 0x17B5)
        || (c >= 0x180B && c <= 0x180F)
        || (c >= 0xFE00 && c <= 0xFE0E)
        || (c >= 0xE0100 && c <= 0xE01EF);
  }
}
