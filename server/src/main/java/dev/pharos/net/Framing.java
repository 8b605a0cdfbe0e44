package dev.pharos.net;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.io.InputStream;
import java.util.Iterator;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.MessageSupport;

/**
 * Where an answer's body ends (RFC 9112 section 6.3), and whether the connection may live on after
 * it (section 9.3).
 *
 * @param body the body as framed, still compressed
 * @param persistent whether the connection may carry another exchange after the body's end
 */
record Framing(InputStream body, boolean persistent) {
  private static final long UNTIL_CLOSE = -1;

  static Framing of(
      ClassicHttpResponse head,
      String method,
      SessionInputBuffer buffer,
      Wire wire,
      Http1Config config)
      throws FailureException {
    boolean persistent = persistent(head);
    if (bodiless(head.getCode(), method)) {
      boolean switching = head.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS;
      return new Framing(InputStream.nullInputStream(), persistent && !switching);
    }
    if (chunked(head)) {
      // Both framings at once are how requests are smuggled: use the connection no more.
      boolean doubtful = head.containsHeader(HttpHeaders.CONTENT_LENGTH);
      return new Framing(new ChunkedInputStream(buffer, wire, config), persistent && !doubtful);
    }
    long length = length(head);
    if (length == UNTIL_CLOSE) {
      return new Framing(new IdentityInputStream(buffer, wire), false);
    }
    return new Framing(new ContentLengthInputStream(buffer, wire, length), persistent);
  }

  private static boolean bodiless(int status, String method) {
    return status < HttpStatus.SC_OK
        || status == HttpStatus.SC_NO_CONTENT
        || status == HttpStatus.SC_NOT_MODIFIED
        || method.equals("HEAD");
  }

  private static boolean persistent(ClassicHttpResponse head) {
    boolean modern = head.getVersion().greaterEquals(HttpVersion.HTTP_1_1);
    if (!head.containsHeader(HttpHeaders.CONNECTION)) {
      return modern;
    }
    boolean keepAlive = modern;
    Iterator<String> tokens = MessageSupport.iterateTokens(head, HttpHeaders.CONNECTION);
    while (tokens.hasNext()) {
      String token = tokens.next();
      if (token.equalsIgnoreCase("close")) {
        return false;
      }
      keepAlive |= token.equalsIgnoreCase("keep-alive");
    }
    return keepAlive;
  }

  private static boolean chunked(ClassicHttpResponse head) throws FailureException {
    if (!head.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
      return false;
    }
    boolean chunked = false;
    Iterator<String> tokens = MessageSupport.iterateTokens(head, HttpHeaders.TRANSFER_ENCODING);
    while (tokens.hasNext()) {
      String coding = tokens.next();
      if (coding.equalsIgnoreCase("identity")) {
        continue; // gone since RFC 7230, still sent
      }
      if (chunked || !coding.equalsIgnoreCase("chunked")) {
        throw new FailureException(
            FailureKind.BAD_ENCODING,
            "the transfer coding '" + Printable.of(coding) + "' was not asked for");
      }
      chunked = true;
    }
    return chunked;
  }

  /** The length that all {@code Content-Length} values agree on. */
  private static long length(ClassicHttpResponse head) throws FailureException {
    if (!head.containsHeader(HttpHeaders.CONTENT_LENGTH)) {
      return UNTIL_CLOSE;
    }
    long length = UNTIL_CLOSE;
    Iterator<String> values = MessageSupport.iterateTokens(head, HttpHeaders.CONTENT_LENGTH);
    while (values.hasNext()) {
      long next = number(values.next());
      if (length != UNTIL_CLOSE && next != length) {
        throw new FailureException(
            FailureKind.NOT_HTTP, "the answer has two different Content-Length values");
      }
      length = next;
    }
    return length == UNTIL_CLOSE ? number("") : length;
  }

  private static long number(String digits) throws FailureException {
    try {
      long number = Long.parseLong(digits);
      if (number >= 0 && digits.charAt(0) != '+') {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new FailureException(
        FailureKind.NOT_HTTP,
        "the answer's Content-Length is no number: '" + Printable.of(digits) + "'");
  }
}
