package dev.pharos.net;

import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request: its head, and its body as it arrives. Used by one thread; closing is
 * for its user.
 */
public final class HttpAnswer implements AutoCloseable {
  /** What is read, at most, to keep a connection whose body's user stopped short of the end. */
  private static final int MAX_DRAINED = 4096;

  private final HttpConnection connection;
  private final ClassicHttpResponse head;
  private final Framing framing;
  private final boolean sent;
  private final SessionInputBuffer buffer;
  private final Look look;
  private @Nullable InputStream body;
  private @Nullable Inflation inflation;
  private long bytes;
  private boolean held;
  private boolean ended;
  private boolean closed;

  /**
   * @param sent whether all of the request could be sent
   * @param buffer what came behind the head
   */
  HttpAnswer(
      HttpConnection connection,
      ClassicHttpResponse head,
      Framing framing,
      boolean sent,
      SessionInputBuffer buffer,
      Look look) {
    this.connection = connection;
    this.head = head;
    this.framing = framing;
    this.sent = sent;
    this.buffer = buffer;
    this.look = look;
  }

  public int status() {
    return head.getCode();
  }

  /** The first header of that name, or null. */
  public @Nullable String header(String name) {
    org.apache.hc.core5.http.Header first = head.getFirstHeader(name);
    return first == null ? null : first.getValue();
  }

  /** All values of the headers of that name, in order. */
  public List<String> headers(String name) {
    List<String> values = new ArrayList<>();
    for (org.apache.hc.core5.http.Header header : head.getHeaders(name)) {
      values.add(header.getValue());
    }
    return values;
  }

  /**
   * Reads body bytes after inflation, waiting for at least one; counts them on the look.
   *
   * @return how many were read, or -1 at the end of the body
   * @throws FailureException when the body breaks, stalls past the deadline, or cannot be decoded
   */
  public int read(byte[] into, int offset, int length) throws FailureException {
    if (closed) {
      throw new IllegalStateException("the answer was closed");
    }
    if (ended) {
      return -1;
    }
    if (body == null) {
      body = decoded();
    }
    connection.wire().allow((long) length + connection.maxHeadBytes());
    int count;
    try {
      count = body.read(into, offset, length);
    } catch (IOException e) {
      throw connection.bodyFailure(e, inflation != null, bytes);
    }
    if (count < 0) {
      ended = true;
    } else {
      bytes += count;
      if (!held) {
        look.read(count); // a held stream outlives the look that opened it
      }
    }
    return count;
  }

  /** The body with its content coding (RFC 9110 section 8.4.1) taken off. */
  private InputStream decoded() throws FailureException {
    String coding = header(HttpHeaders.CONTENT_ENCODING);
    if (coding == null) {
      return framing.body();
    }
    return switch (coding.trim().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> framing.body();
      case "gzip", "x-gzip" -> inflated(true);
      case "deflate" -> inflated(false);
      default -> {
        connection.abandon();
        throw new FailureException(
            FailureKind.BAD_ENCODING,
            "the body is compressed with '" + Printable.of(coding) + "', which nobody asked for");
      }
    };
  }

  private InputStream inflated(boolean gzip) {
    Inflation inflating = new Inflation(framing.body(), gzip);
    inflation = inflating;
    return inflating;
  }

  /**
   * Reads and drops the rest of the body until {@code deadline}: for the end of a stream whose
   * message was read already, also after {@link #hold}. Never throws.
   *
   * @return whether the body ended; otherwise the connection is closed
   */
  public boolean drain(Deadline deadline) {
    if (closed || ended) {
      return ended;
    }
    held = false;
    connection.rearm(deadline);
    try {
      return readToEnd();
    } catch (FailureException e) {
      return false; // which closed the connection
    }
  }

  /** Whether the body ended within a bound; otherwise the connection is closed. */
  private boolean readToEnd() throws FailureException {
    byte[] scratch = new byte[512];
    for (int left = MAX_DRAINED; left > 0; ) {
      int count = read(scratch, 0, scratch.length);
      if (count < 0) {
        return true;
      }
      left -= count;
    }
    connection.abandon();
    return false;
  }

  /**
   * Leaves the end of the body for later: it is read when it comes, if the connection is heeded, or
   * by {@link #drain} and {@link #close} after {@link HttpConnection#rouse}.
   */
  public void leave() {
    held = true;
    connection.leave(this);
  }

  /** Reads the end that was left for later; tells whether the peer broke off instead. */
  boolean brokenOff() {
    connection.guardIdle();
    try {
      if (readToEnd()) {
        close();
      }
      return false;
    } catch (FailureException e) {
      return e.kind() == FailureKind.TRUNCATED || e.kind() == FailureKind.RESET;
    } finally {
      connection.unguard();
    }
  }

  /**
   * Lifts the deadline: for a stream that is meant to stay open. Only closing the connection ends a
   * read then.
   */
  public void hold() {
    held = true;
    connection.hold();
  }

  /**
   * Ends the exchange: a body read to its end leaves the connection reusable, any other closes it.
   * Never throws.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (inflation != null) {
      inflation.close();
    }
    if (ended || atEnd()) {
      connection.completed(
          framing.persistent() && sent && buffer.length() == 0 && !connection.wire().ended());
    } else {
      connection.abandon();
    }
  }

  /**
   * Whether the body's end has already arrived, close behind what was read: whoever stops at the
   * last byte of a document has not seen the chunk that ends it.
   */
  private boolean atEnd() {
    if (held || !framing.persistent() || !connection.reading()) {
      return false;
    }
    Wire wire = connection.wire();
    wire.allow(MAX_DRAINED);
    wire.stopWaiting();
    try {
      return drained(framing.body());
    } catch (IOException e) {
      return false;
    } finally {
      wire.waitAgain();
    }
  }

  private static boolean drained(InputStream rest) throws IOException {
    if (rest.read() < 0) {
      return true;
    }
    byte[] scratch = new byte[MAX_DRAINED];
    int left = MAX_DRAINED;
    while (left > 0) {
      int count = rest.read(scratch, 0, left);
      if (count < 0) {
        return true;
      }
      left -= count;
    }
    return false;
  }
}
