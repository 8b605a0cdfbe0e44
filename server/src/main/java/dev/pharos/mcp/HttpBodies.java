package dev.pharos.mcp;

import dev.pharos.net.HttpAnswer;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.WireTap.Direction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the bodies of HTTP answers under bounds. */
final class HttpBodies {
  private static final int START = 16 * 1024;
  private static final Duration LONGEST_RETRY = Duration.ofDays(1);

  private HttpBodies() {}

  /** Reads a body to its end. */
  static void all(HttpAnswer answer, Buffer into, Look look) throws FailureException {
    while (true) {
      int room = into.room();
      int count = answer.read(into.bytes(), into.length(), room);
      if (count < 0) {
        break;
      }
      into.wrote(count);
    }
    if (look.tap().listening()) {
      look.tap().heard(Direction.RECEIVED, "http", text(into));
    }
  }

  /** The beginning of a body as text; what cannot be read is left out. */
  static String start(HttpAnswer answer) {
    try (Buffer buffer = Buffer.lend(START)) {
      read(answer, buffer);
      return text(buffer);
    }
  }

  private static void read(HttpAnswer answer, Buffer buffer) {
    try {
      while (buffer.length() < START) {
        int room = buffer.room();
        int count =
            answer.read(buffer.bytes(), buffer.length(), Math.min(room, START - buffer.length()));
        if (count < 0) {
          return;
        }
        buffer.wrote(count);
      }
    } catch (FailureException e) {
      // The status says enough; a body that cannot be read to its end does not change it.
    }
  }

  private static String text(Buffer buffer) {
    return new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.UTF_8);
  }

  /** An answer that is no success, as a value; reads at most the beginning of its body. */
  static Refused refused(HttpAnswer answer, Json json, Look look) {
    String body = start(answer);
    if (look.tap().listening() && !body.isEmpty()) {
      look.tap().heard(Direction.RECEIVED, "http", body);
    }
    return new Refused(
        answer.status(), error(body, json), mediaType(answer), Text.line(body), retryAfter(answer));
  }

  private static @Nullable RpcError error(String body, Json json) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    JsonNode document =
        body.stripLeading().startsWith("{") ? json.treeOrNull(bytes, 0, bytes.length) : null;
    JsonNode error = document == null ? null : document.get("error");
    if (error == null || !error.isObject()) {
      return null;
    }
    try {
      return RpcError.of(error);
    } catch (FailureException e) {
      return null;
    }
  }

  /** The media type in lower case without parameters, or null. */
  static @Nullable String mediaType(HttpAnswer answer) {
    String value = answer.header("Content-Type");
    if (value == null) {
      return null;
    }
    int semicolon = value.indexOf(';');
    return Text.line(
        (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT));
  }

  static FailureException wrongType(String method, HttpAnswer answer) {
    String type = mediaType(answer);
    String body = new Refused(200, null, null, Text.line(start(answer)), null).describe();
    return new FailureException(
        FailureKind.CONTENT_TYPE,
        "%s was answered with %s instead of JSON or an event stream%s"
            .formatted(
                method,
                type == null ? "no content type" : type,
                body.equals("HTTP 200") ? "" : body.substring("HTTP 200".length())));
  }

  /** RFC 9110 section 10.2.3: seconds, or a date, which is read against the answer's own date. */
  private static @Nullable Duration retryAfter(HttpAnswer answer) {
    String value = answer.header("Retry-After");
    if (value == null) {
      return null;
    }
    if (value.matches("\\d{1,9}")) {
      return atMost(Duration.ofSeconds(Long.parseLong(value)));
    }
    String date = answer.header("Date");
    try {
      return date == null ? null : atMost(Duration.between(instant(date), instant(value)));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static ZonedDateTime instant(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
  }

  private static @Nullable Duration atMost(Duration wait) {
    if (wait.isNegative()) {
      return null;
    }
    return wait.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait;
  }
}
