package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event stream as it arrives (WHATWG HTML, server-sent events): CR, LF and CRLF end lines,
 * a byte order mark may come first, data lines are joined by LF. Not thread-safe.
 */
final class SseParser implements AutoCloseable {
  /** Hears the events of a stream in order. */
  interface Sink {
    /**
     * One event; {@code bytes} is only lent. An event with an id and no data is told too: it primes
     * a resume.
     */
    void event(String type, byte[] bytes, int offset, int length) throws FailureException;
  }

  private static final String MESSAGE = "message";
  private static final int MAX_ID = 1024;
  private static final int MAX_RETRY_MILLIS = 30_000;

  /** What a line of data may be longer than its data. */
  private static final int LINE_EXTRA = 16;

  private final Sink sink;
  private final int maxEventBytes;
  private final Buffer line;
  private final Buffer data;
  private String type = MESSAGE;
  private boolean hasData;
  private @Nullable String id;
  private boolean first = true;
  private boolean afterCr;
  private @Nullable String lastEventId;
  private long retryMillis = -1;

  private SseParser(Sink sink, int maxEventBytes, Buffer line, Buffer data) {
    this.sink = sink;
    this.maxEventBytes = maxEventBytes;
    this.line = line;
    this.data = data;
  }

  /** For the stream that answers one request. */
  static SseParser brief(int maxEventBytes, Sink sink) {
    return new SseParser(
        sink, maxEventBytes, Buffer.lend(maxEventBytes + LINE_EXTRA), Buffer.lend(maxEventBytes));
  }

  /** For a stream that is held: keeps little memory while nothing comes. */
  static SseParser held(int maxEventBytes, Sink sink) {
    return new SseParser(
        sink, maxEventBytes, Buffer.small(maxEventBytes + LINE_EXTRA), Buffer.small(maxEventBytes));
  }

  /**
   * The id of the newest event that had one, or null; an event that was cut off does not count, and
   * an empty id takes back the last one.
   */
  @Nullable String lastEventId() {
    return lastEventId;
  }

  /**
   * What the server asked us to wait before reconnecting, 0 to 30,000 ms, or -1 when it did not.
   */
  long retryMillis() {
    return retryMillis;
  }

  /** Takes the next bytes of the stream. */
  void feed(byte[] chunk, int offset, int length) throws FailureException {
    int end = offset + length;
    int start = offset;
    if (afterCr && length > 0) {
      afterCr = false;
      if (chunk[start] == '\n') {
        start++;
      }
    }
    int at = start;
    while (at < end) {
      byte b = chunk[at];
      if (b != '\n' && b != '\r') {
        at++;
        continue;
      }
      endLine(chunk, start, at - start);
      at++;
      if (b == '\r') {
        if (at == end) {
          afterCr = true;
        } else if (chunk[at] == '\n') {
          at++;
        }
      }
      start = at;
    }
    if (start < end) {
      gather(chunk, start, end - start);
    }
  }

  private void gather(byte[] chunk, int start, int length) throws FailureException {
    if (length > maxEventBytes + LINE_EXTRA - line.length()) {
      throw Buffer.oversize(maxEventBytes);
    }
    line.append(chunk, start, length);
  }

  private void endLine(byte[] chunk, int start, int length) throws FailureException {
    if (line.length() == 0) {
      takeLine(chunk, start, length);
      return;
    }
    gather(chunk, start, length);
    takeLine(line.bytes(), 0, line.length());
    line.clear();
  }

  private void takeLine(byte[] bytes, int start, int length) throws FailureException {
    if (first) {
      first = false;
      if (length >= 3
          && bytes[start] == (byte) 0xEF
          && bytes[start + 1] == (byte) 0xBB
          && bytes[start + 2] == (byte) 0xBF) {
        start += 3;
        length -= 3;
      }
    }
    if (length == 0) {
      dispatch();
      return;
    }
    int colon = start;
    int end = start + length;
    while (colon < end && bytes[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, end);
    if (value < end && bytes[value] == ' ') {
      value++;
    }
    field(bytes, start, colon - start, value, end - value);
  }

  private void field(byte[] bytes, int name, int nameLength, int value, int valueLength)
      throws FailureException {
    if (is("data", bytes, name, nameLength)) {
      if (hasData) {
        data.append(new byte[] {'\n'}, 0, 1);
      }
      hasData = true;
      data.append(bytes, value, valueLength);
    } else if (is("event", bytes, name, nameLength)) {
      type = new String(bytes, value, Math.min(valueLength, MAX_ID), StandardCharsets.UTF_8);
    } else if (is("id", bytes, name, nameLength)) {
      takeId(bytes, value, valueLength);
    } else if (is("retry", bytes, name, nameLength)) {
      takeRetry(bytes, value, valueLength);
    }
  }

  private void takeId(byte[] bytes, int value, int length) {
    if (length > MAX_ID) {
      return;
    }
    String given = new String(bytes, value, length, StandardCharsets.UTF_8);
    if (given.chars().allMatch(c -> c >= 0x20 && c != 0x7F)) {
      id = given;
    }
  }

  private void takeRetry(byte[] bytes, int value, int length) {
    int millis = 0;
    for (int i = value; i < value + length; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return;
      }
      millis = Math.min(millis * 10 + bytes[i] - '0', MAX_RETRY_MILLIS);
    }
    if (length > 0) {
      retryMillis = millis;
    }
  }

  private void dispatch() throws FailureException {
    String given = id;
    if (given != null) {
      lastEventId = given.isEmpty() ? null : given;
    }
    if (hasData || given != null) {
      sink.event(type.isEmpty() ? MESSAGE : type, data.bytes(), 0, data.length());
    }
    type = MESSAGE;
    hasData = false;
    id = null;
    data.clear();
  }

  private static boolean is(String name, byte[] bytes, int start, int length) {
    if (length != name.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[start + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Gives the buffers back. */
  @Override
  public void close() {
    line.close();
    data.close();
  }
}
