package dev.pharos.testing.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, read in place and no further than needed; the object is used again and again.
 */
final class Request {
  private static final byte[] CONTENT_LENGTH = name("content-length");
  private static final byte[] SESSION = name("mcp-session-id");
  private static final byte[] CONNECTION = name("connection");

  /** What {@link #parse} answers when no request can be made of the bytes. */
  static final int MALFORMED = -1;

  private byte[] bytes = new byte[0];
  private String verb = "";
  private String path = "";
  private @Nullable String session;
  private boolean last;
  private int bodyFrom;
  private int bodyTo;

  /**
   * Reads one request.
   *
   * @return its length, 0 when it is not complete, or {@link #MALFORMED}
   */
  int parse(byte[] source, int from, int to) {
    bytes = source;
    session = null;
    last = false;
    int length = 0;
    int line = from;
    for (int i = from; i < to; i++) {
      if (source[i] != '\n') {
        continue;
      }
      int end = i > line && source[i - 1] == '\r' ? i - 1 : i;
      if (line == from) {
        if (!requestLine(line, end)) {
          return MALFORMED;
        }
      } else if (end == line) {
        return body(i + 1, length, from, to);
      } else {
        length = header(line, end, length);
      }
      line = i + 1;
    }
    return 0;
  }

  private int body(int at, int length, int from, int to) {
    bodyFrom = at;
    bodyTo = at + length;
    return length < 0 ? MALFORMED : bodyTo <= to ? bodyTo - from : 0;
  }

  private boolean requestLine(int from, int end) {
    int first = find(' ', from, end);
    int second = find(' ', first + 1, end);
    if (first >= end || second >= end) {
      return false;
    }
    verb = text(from, first);
    path = text(first + 1, second);
    return true;
  }

  private int header(int from, int end, int length) {
    int colon = find(':', from, end);
    if (is(CONTENT_LENGTH, from, colon)) {
      return number(value(colon, end));
    }
    if (is(SESSION, from, colon)) {
      session = value(colon, end);
    } else if (is(CONNECTION, from, colon)) {
      last = value(colon, end).equalsIgnoreCase("close");
    }
    return length;
  }

  String verb() {
    return verb;
  }

  String path() {
    return path;
  }

  /** The number in a path {@code /s/<n>/mcp}, or -1. */
  int server() {
    int end = path.length() - "/mcp".length();
    return path.startsWith("/s/") && path.endsWith("/mcp") && end > 3
        ? number(path.substring(3, end))
        : -1;
  }

  @Nullable String session() {
    return session;
  }

  /** Whether the client wants the connection closed after the answer. */
  boolean last() {
    return last;
  }

  String body() {
    return text(bodyFrom, bodyTo);
  }

  /** The message in the body. */
  void read(Message into) {
    into.parse(bytes, bodyFrom, bodyTo);
  }

  private String value(int colon, int end) {
    return text(colon + 1, end).strip();
  }

  private String text(int from, int to) {
    return new String(bytes, from, Math.max(0, to - from), StandardCharsets.ISO_8859_1);
  }

  private int find(char sought, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != sought) {
      i++;
    }
    return i;
  }

  private boolean is(byte[] name, int from, int to) {
    if (to - from != name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if ((bytes[from + i] | 0x20) != name[i]) {
        return false;
      }
    }
    return true;
  }

  /** All signs of our names have bit 0x20 set in lower case, the hyphen too. */
  private static byte[] name(String name) {
    return name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
