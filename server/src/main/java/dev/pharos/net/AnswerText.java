package dev.pharos.net;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/** The head of an answer as text, for those who listen to the wire. */
final class AnswerText {
  private AnswerText() {}

  static String of(ClassicHttpResponse head) {
    StringBuilder text = new StringBuilder(256);
    text.append(head.getVersion().format()).append(' ').append(head.getCode());
    if (head.getReasonPhrase() != null && !head.getReasonPhrase().isEmpty()) {
      text.append(' ').append(head.getReasonPhrase());
    }
    text.append("\r\n");
    for (Header header : head.getHeaders()) {
      text.append(header.getName()).append(": ").append(header.getValue()).append("\r\n");
    }
    return text.append("\r\n").toString();
  }
}
