package dev.pharos.net;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes the head of a request (RFC 9112 sections 2 and 3). */
final class RequestText {
  /** Larger bodies are not worth copying behind their head. */
  private static final int MAX_COPIED_BODY = 64 * 1024;

  private RequestText() {}

  /** Request line and headers, with the empty line that ends them. */
  static String head(HttpCall call, String authority) {
    StringBuilder text = new StringBuilder(512);
    append(text, call.method()).append(' ');
    append(text, call.target()).append(" HTTP/1.1\r\nHost: ");
    append(text, authority).append("\r\nAccept-Encoding: gzip\r\n");
    if (hasLength(call)) {
      text.append("Content-Length: ").append(call.body().length).append("\r\n");
    }
    for (Header header : call.headers()) {
      append(text, header.name()).append(": ");
      append(text, header.value()).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  private static boolean hasLength(HttpCall call) {
    return call.body().length > 0 || call.method().equals("POST") || call.method().equals("PUT");
  }

  /** A line break inside a value would start a header, or a request, of its own. */
  private static StringBuilder append(StringBuilder text, String part) {
    int start = text.length();
    text.append(part);
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        text.setCharAt(i, ' ');
      }
    }
    return text;
  }

  /** Writes both, in one packet where they are small. */
  static void write(byte[] head, byte[] body, OutputStream out) throws IOException {
    if (body.length > MAX_COPIED_BODY) {
      out.write(head);
      out.write(body);
    } else {
      out.write(joined(head, body));
    }
  }

  private static byte[] joined(byte[] head, byte[] body) {
    if (body.length == 0) {
      return head;
    }
    byte[] both = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, both, head.length, body.length);
    return both;
  }
}
