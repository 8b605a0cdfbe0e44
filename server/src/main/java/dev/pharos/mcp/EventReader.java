package dev.pharos.mcp;

import dev.pharos.net.HttpAnswer;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.WireTap.Direction;
import java.nio.charset.StandardCharsets;

/** Reads the event stream that answers one request. */
final class EventReader {
  private static final int CHUNK_BOUND = 64 * 1024;

  private EventReader() {}

  /** A parser that hands messages to the call. */
  static SseParser brief(Call<?> call, Json json, McpSettings settings, Inbox inbox, Look look) {
    Batch.Taker taker = call.taker(inbox, look);
    return SseParser.brief(
        settings.maxMessageBytes(),
        (type, bytes, offset, length) -> {
          if (look.tap().listening()) {
            look.tap().heard(Direction.RECEIVED, "sse", shown(type, bytes, offset, length));
          }
          if (length > 0 && type.equals("message")) {
            var _ = Batch.take(bytes, offset, length, json, taker);
          }
        });
  }

  /**
   * Reads until the call is answered or the stream ends.
   *
   * @return whether the call was answered
   */
  static boolean untilAnswered(
      Call<?> call, HttpAnswer answer, SseParser parser, McpSettings settings, Look look)
      throws FailureException {
    long total = 0;
    try (Buffer chunk = Buffer.lend(CHUNK_BOUND)) {
      while (!call.answered()) {
        int count = answer.read(chunk.bytes(), 0, chunk.bytes().length);
        if (count < 0) {
          return false;
        }
        total += count;
        if (total > 2L * settings.maxMessageBytes()) {
          throw new FailureException(
              FailureKind.OVERSIZE,
              "the event stream went on past %d bytes without the answer to %s"
                  .formatted(2L * settings.maxMessageBytes(), call.method()));
        }
        parser.feed(chunk.bytes(), 0, count);
      }
      return true;
    } catch (FailureException e) {
      if (e.kind() == FailureKind.TIMEOUT_BODY) {
        throw late(call);
      }
      throw e;
    }
  }

  /** The stream ended, but the answer was not on it. */
  static FailureException ended(Call<?> call) {
    return call.stray()
        ? new FailureException(
            FailureKind.ID_MISMATCH,
            "the event stream answered something else than " + call.method())
        : new FailureException(
            FailureKind.STREAM_ENDED,
            "the event stream ended without an answer to " + call.method());
  }

  private static FailureException late(Call<?> call) {
    return call.stray()
        ? new FailureException(
            FailureKind.ID_MISMATCH,
            "no answer to " + call.method() + " in time, but one to a request that was not sent")
        : new FailureException(
            FailureKind.TIMEOUT,
            "no answer to " + call.method() + " came on the event stream in time");
  }

  static String shown(String type, byte[] bytes, int offset, int length) {
    return "event: "
        + type
        + "\ndata: "
        + new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
