package dev.pharos.net;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.LazyLaxLineParser;

/**
 * Reads the head of one answer with the codec's parser. Made for each exchange: an idle connection
 * then keeps no buffers, which would be most of its heap.
 */
final class HeadReader {
  private static final int BUFFER = 1024;
  private static final int MAX_INTERIM = 10;

  private final Wire wire;
  private final SessionInputBufferImpl buffer;
  private final DefaultHttpResponseParser parser;

  HeadReader(Wire wire, Http1Config config) {
    this.wire = wire;
    this.buffer =
        new SessionInputBufferImpl(
            new BasicHttpTransportMetrics(), BUFFER, -1, config.getMaxLineLength(), null);
    this.parser = new DefaultHttpResponseParser(config, LazyLaxLineParser.INSTANCE, null);
  }

  /** Bytes that the wire already gave and nobody has used. */
  SessionInputBuffer buffer() {
    return buffer;
  }

  /** The first head that is not interim (RFC 9110 section 15.2); switching protocols is final. */
  ClassicHttpResponse read() throws IOException, HttpException, FailureException {
    for (int i = 0; i <= MAX_INTERIM; i++) {
      ClassicHttpResponse head = next();
      if (head.getCode() >= HttpStatus.SC_OK
          || head.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
        return head;
      }
    }
    throw new FailureException(
        FailureKind.HEADERS_TOO_LARGE,
        "more than " + MAX_INTERIM + " interim answers (1xx) and no final one");
  }

  private ClassicHttpResponse next() throws IOException, HttpException {
    ClassicHttpResponse head;
    try {
      head = parser.parse(buffer, wire);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("nonsense in the status line", e); // a status of 000, say
    }
    // The parser takes the end of the stream for the end of the head.
    if (head == null || wire.ended()) {
      throw new java.io.EOFException("the stream ended inside the head");
    }
    if (head.getVersion().getMajor() != 1 || head.getCode() < HttpStatus.SC_CONTINUE) {
      throw new ProtocolException("not HTTP/1");
    }
    return head;
  }
}
