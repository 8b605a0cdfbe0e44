package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** A JSON body: one message, or the array of messages that revision 2025-03-26 allowed. */
final class Batch {
  private Batch() {}

  /** Gives the messages of a body to the call; returns whether one of them was its answer. */
  static boolean take(Call<?> call, Buffer body, Json json, Inbox inbox, Look look)
      throws FailureException {
    byte[] bytes = body.bytes();
    int length = body.length();
    if (!startsArray(bytes, length)) {
      return call.take(bytes, 0, length, inbox, look);
    }
    JsonNode messages = json.treeOrNull(bytes, 0, length);
    if (messages == null || !messages.isArray() || messages.isEmpty()) {
      return call.take(bytes, 0, length, inbox, look); // which says what is wrong with it
    }
    boolean answered = false;
    for (JsonNode message : messages) {
      byte[] single = Json.write(message).getBytes(StandardCharsets.UTF_8);
      answered |= call.take(single, 0, single.length, inbox, look);
    }
    return answered;
  }

  private static boolean startsArray(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] > ' ') {
        return bytes[i] == '[';
      }
    }
    return false;
  }
}
