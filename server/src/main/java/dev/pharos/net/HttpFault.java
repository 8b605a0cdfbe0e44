package dev.pharos.net;

import static dev.pharos.trace.FailureKind.BAD_CHUNK;
import static dev.pharos.trace.FailureKind.BAD_ENCODING;
import static dev.pharos.trace.FailureKind.EMPTY_REPLY;
import static dev.pharos.trace.FailureKind.HEADERS_TOO_LARGE;
import static dev.pharos.trace.FailureKind.NOT_HTTP;
import static dev.pharos.trace.FailureKind.RESET;
import static dev.pharos.trace.FailureKind.TIMEOUT_BODY;
import static dev.pharos.trace.FailureKind.TIMEOUT_FIRST_BYTE;
import static dev.pharos.trace.FailureKind.TRUNCATED;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.io.IOException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;

/**
 * Puts the end of an exchange into words: what the codec threw, together with what the wire saw.
 *
 * @param timedOut whether the watchdog closed the socket
 * @param closedHere whether our side closed the connection
 * @param asked whether this is the first exchange with a peer that asked for a client certificate
 */
record HttpFault(Wire wire, boolean timedOut, boolean closedHere, boolean asked) {

  /** Why no good head came. */
  FailureException inHead(Exception e) {
    if (timedOut) {
      return of(TIMEOUT_FIRST_BYTE, late(), e);
    }
    if (closedHere) {
      return of(RESET, "the connection was closed on our side", e);
    }
    if (wire.beganLikeTls()) {
      return of(NOT_HTTP, "this port speaks TLS: use https://", e);
    }
    if (asked && wire.received() == 0 && (wire.ended() || broken(e))) {
      return TlsFault.demanded(e);
    }
    if (broken(e)) {
      return ofBroken(e, wire.received() == 0 ? "before an answer" : "inside the head");
    }
    if (!wire.beganLikeHttp()) {
      return of(NOT_HTTP, "the answer is not HTTP/1: it begins with '" + wire.beginning() + "'", e);
    }
    if (e instanceof Wire.BoundExceeded || e instanceof MessageConstraintException) {
      return of(HEADERS_TOO_LARGE, "the head of the answer is larger than the bound", e);
    }
    if (wire.ended()) {
      return wire.received() == 0
          ? of(EMPTY_REPLY, "the connection ended without an answer", e)
          : of(TRUNCATED, "the connection ended inside the head of the answer", e);
    }
    return e instanceof HttpException
        ? of(NOT_HTTP, "the head of the answer is not HTTP/1", e)
        : ofBroken(e, "inside the head");
  }

  /** Why the body broke. */
  FailureException inBody(IOException e, boolean compressed, long read) {
    if (timedOut) {
      return of(
          TIMEOUT_BODY, "the body was not complete in time; " + read + " bytes of it came", e);
    }
    if (closedHere) {
      return of(RESET, "the connection was closed on our side", e);
    }
    if (broken(e)) {
      return ofBroken(e, "inside the body");
    }
    if (e instanceof Inflation.Broken) {
      return of(BAD_ENCODING, "the compressed body is broken: " + e.getMessage(), e);
    }
    if (wire.ended() || e instanceof ConnectionClosedException) {
      return of(TRUNCATED, "the connection ended inside the body, after " + read + " bytes", e);
    }
    if (e instanceof MalformedChunkCodingException || e instanceof MessageConstraintException) {
      return of(BAD_CHUNK, "the chunks of the body are broken", e);
    }
    if (e instanceof Wire.BoundExceeded) {
      return compressed
          ? of(BAD_ENCODING, "the compressed body holds no data", e)
          : of(BAD_CHUNK, "the chunks of the body hold no data", e);
    }
    return ofBroken(e, "inside the body");
  }

  private String late() {
    return wire.received() == 0
        ? "the request was taken, but no answer came in time"
        : "the head of the answer was not complete in time";
  }

  private static boolean broken(Exception e) {
    return e instanceof SocketException || e instanceof SSLException || brokenInWords(e);
  }

  /** What a socket throws as an exception of its own, a channel's socket tells in words alone. */
  private static boolean brokenInWords(Exception e) {
    String words = String.valueOf(e.getMessage());
    return words.startsWith("Broken pipe") || words.startsWith("Connection reset");
  }

  private static FailureException ofBroken(Exception e, String where) {
    String words = String.valueOf(e.getMessage());
    String alert = TlsFault.alert(words);
    if (alert != null && e instanceof IOException io) {
      return TlsFault.ofAlert(alert, io); // TLS 1.3 refuses a client only after the handshake
    }
    String lower = words.toLowerCase(java.util.Locale.ROOT);
    return lower.contains("reset") || lower.contains("broken pipe") || lower.contains("aborted")
        ? of(RESET, "the peer reset the connection " + where, e)
        : of(RESET, "the connection broke " + where + ": " + Printable.of(words), e);
  }

  private static FailureException of(FailureKind kind, String detail, Exception e) {
    return new FailureException(kind, detail, e);
  }
}
