package dev.pharos.testing.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a JSON-RPC request, rendered but for its id and the length that depends on it. Used
 * by one thread.
 */
final class Reply {
  private static final byte[] OPENING = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
  private static final byte[] SESSION = ascii("Mcp-Session-Id: ");
  private static final byte[] LENGTH = ascii("Content-Length: ");
  private static final byte[] EVENT = ascii("event: message\ndata: ");
  private static final byte[] STREAM =
      ascii("Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n");
  private static final byte[] LINE = ascii("\r\n");

  /** Ends an event, its chunk and the body. */
  private static final byte[] STREAM_END = ascii("\n\n\r\n0\r\n\r\n");

  private static final int MARGIN = 1024;

  private final boolean sse;
  private final byte[] head;
  private final byte[] member;
  private final int counter;

  private Reply(int status, boolean sse, String member, boolean counting) {
    this.sse = sse;
    this.head =
        ascii(
            "HTTP/1.1 %d Simulated\r\nContent-Type: %s\r\n"
                .formatted(status, sse ? "text/event-stream" : "application/json"));
    this.member = ascii("," + member + "}");
    this.counter = counting ? ascii(member.split(Catalog.COUNTER, 2)[0]).length + 1 : -1;
  }

  static Reply result(String json, boolean sse) {
    return new Reply(200, sse, "\"result\":" + json, false);
  }

  /** A result that differs each time it is written. */
  static Reply changing(String json, boolean sse) {
    return new Reply(200, sse, "\"result\":" + json, json.contains(Catalog.COUNTER));
  }

  static Reply error(int status, int code, String message, String data) {
    String error = "\"error\":{\"code\":%d,\"message\":\"%s\"%s}".formatted(code, message, data);
    return new Reply(status, false, error, false);
  }

  /** Room enough for this reply with any sensible id. */
  int room() {
    return member.length + MARGIN;
  }

  void write(Message request, @Nullable String session, ByteBuffer into) {
    int length = OPENING.length + request.idLength() + member.length;
    into.put(head);
    if (session != null) {
      into.put(SESSION).put(ascii(session)).put(LINE);
    }
    if (sse) {
      into.put(STREAM).put(ascii(Integer.toHexString(EVENT.length + length + 2))).put(LINE);
      message(request, into.put(EVENT)).put(STREAM_END);
    } else {
      into.put(LENGTH).put(ascii(Integer.toString(length))).put(LINE).put(LINE);
      message(request, into);
    }
  }

  private ByteBuffer message(Message request, ByteBuffer into) {
    if (counter >= 0) {
      count();
    }
    into.put(OPENING);
    request.putId(into);
    return into.put(member);
  }

  /** Counts the ten digits up where they stand. */
  private void count() {
    int digit = counter + Catalog.COUNTER.length() - 1;
    while (digit > counter && member[digit] == '9') {
      member[digit--] = '0';
    }
    member[digit]++;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
