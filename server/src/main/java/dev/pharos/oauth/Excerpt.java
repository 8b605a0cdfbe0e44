package dev.pharos.oauth;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Makes text that came from outside fit for one line of ours. */
final class Excerpt {
  private static final int MAX_ADDRESS = 300;

  private Excerpt() {}

  /** The text on one line of at most {@code max} characters, without invisible ones. */
  static String of(String text, int max) {
    StringBuilder line = new StringBuilder();
    text.codePoints().limit(4L * max).forEach(c -> line.appendCodePoint(visible(c) ? c : ' '));
    String plain = line.toString().replaceAll(" {2,}", " ").strip();
    int end = Math.min(max, plain.length());
    if (end == plain.length()) {
      return plain;
    }
    return plain.substring(0, Character.isHighSurrogate(plain.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }

  /** An address as we show it: without query and user information, which may hold secrets. */
  static String of(URI url) {
    @Nullable String path = url.getRawPath();
    int port = url.getPort();
    String where = url.getScheme() + "://" + url.getHost() + (port < 0 ? "" : ":" + port);
    return of(path == null ? where : where + path, MAX_ADDRESS);
  }

  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
