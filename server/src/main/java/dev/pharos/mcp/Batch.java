package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A JSON text: one message, or the array of messages that revision 2025-03-26 allowed. */
final class Batch {
  /** Takes one message; says whether it was the answer that is waited for. */
  @FunctionalInterface
  interface Taker {
    boolean take(byte[] bytes, int offset, int length) throws FailureException;
  }

  private Batch() {}

  /** Gives the messages of a text to the taker; returns whether one of them was the answer. */
  static boolean take(byte[] bytes, int offset, int length, Json json, Taker taker)
      throws FailureException {
    if (!startsArray(bytes, offset, length)) {
      return taker.take(bytes, offset, length);
    }
    Json.refuseWide(bytes, offset, length);
    List<int[]> messages = split(bytes, offset, length, json);
    if (messages.isEmpty()) {
      return taker.take(bytes, offset, length); // which says what is wrong with it
    }
    boolean answered = false;
    for (int[] message : messages) {
      answered |= taker.take(bytes, message[0], message[1] - message[0]);
    }
    return answered;
  }

  /** Where the objects of an array begin and end; empty when it is no array of objects. */
  private static List<int[]> split(byte[] bytes, int offset, int length, Json json) {
    List<int[]> found = new ArrayList<>();
    try (JsonParser parser = json.parser(bytes, offset, length)) {
      parser.nextToken();
      JsonToken token = parser.nextToken();
      for (; token == JsonToken.START_OBJECT; token = parser.nextToken()) {
        int start = offset + (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        found.add(new int[] {start, offset + (int) parser.currentLocation().getByteOffset()});
      }
      return token == JsonToken.END_ARRAY && parser.nextToken() == null ? found : List.of();
    } catch (JacksonException e) {
      return List.of();
    }
  }

  private static boolean startsArray(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] > ' ') {
        return bytes[i] == '[';
      }
    }
    return false;
  }
}
