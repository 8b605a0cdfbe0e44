package dev.pharos.net;

import static dev.pharos.trace.FailureKind.TLS_CLOSED;
import static dev.pharos.trace.FailureKind.TLS_HOSTNAME;
import static dev.pharos.trace.FailureKind.TLS_PROTOCOL;

import dev.pharos.trace.FailureException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says why TLS failed for any reason but the chain. The JVM tells alerts only in words. */
final class TlsFault {
  private static final String ALERT = "fatal alert: ";

  private TlsFault() {}

  /**
   * @param asked whether the peer asked for a client certificate
   */
  static FailureException of(IOException e, boolean asked) {
    if (asked) {
      return demanded(e); // whatever the peer says of it, or just hangs up
    }
    String words = String.valueOf(e.getMessage());
    String alert = alert(words);
    if (alert != null) {
      return ofAlert(alert, e);
    }
    if (words.contains("Unsupported or unrecognized SSL message")) {
      return new FailureException(
          TLS_PROTOCOL, "the port answers in plain text, not in TLS: use http://", e);
    }
    if (closed(e)) {
      return new FailureException(
          TLS_CLOSED, "the peer ended the connection in the middle of the TLS handshake", e);
    }
    return new FailureException(
        TLS_PROTOCOL, "the TLS handshake failed: " + Printable.of(words), e);
  }

  /** The name of a received alert (RFC 8446 section 6.2), or null. */
  static @Nullable String alert(String words) {
    int at = words.indexOf(ALERT);
    return at < 0 ? null : words.substring(at + ALERT.length()).toLowerCase(Locale.ROOT);
  }

  static FailureException ofAlert(String alert, IOException e) {
    return switch (alert) {
      case "unrecognized_name" ->
          new FailureException(
              TLS_HOSTNAME, "the server does not know the name it was asked for", e);
      case "certificate_required", "bad_certificate" -> demanded(e);
      case "protocol_version" ->
          new FailureException(TLS_PROTOCOL, "the server speaks no version of TLS from 1.2 on", e);
      case "handshake_failure", "insufficient_security" ->
          new FailureException(
              TLS_PROTOCOL, "the server refused the handshake: no common cipher or parameters", e);
      default ->
          new FailureException(
              TLS_PROTOCOL, "the server refused the handshake: " + Printable.of(alert), e);
    };
  }

  /** A peer asked for a client certificate and ended the connection. */
  static FailureException demanded(Exception e) {
    return new FailureException(TLS_PROTOCOL, "the server demands a client certificate", e);
  }

  private static boolean closed(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException || cause instanceof SocketException) {
        return true;
      }
    }
    return false;
  }
}
