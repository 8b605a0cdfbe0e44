package dev.pharos.testing.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The two members of a JSON-RPC message that a simulator looks at: {@code method}, and {@code id}
 * as it stands there. Found by counting braces; the object is used again and again.
 */
final class Message {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private byte[] bytes = NULL;
  private int idFrom;
  private int idTo;
  private String method = "";

  void parse(byte[] source, int from, int to) {
    bytes = source;
    idFrom = 0;
    idTo = 0;
    method = "";
    int depth = 0;
    int i = from;
    while (i < to) {
      byte sign = source[i];
      if (sign == '"') {
        int end = string(i, to);
        i = depth == 1 ? member(i, end, to) : end;
        continue;
      }
      depth += sign == '{' || sign == '[' ? 1 : sign == '}' || sign == ']' ? -1 : 0;
      i++;
    }
  }

  /** Takes the value of a member that we want; answers where to read on. */
  private int member(int from, int end, int to) {
    int value = skipSpace(end, to);
    if (value >= to || bytes[value] != ':') {
      return end;
    }
    value = skipSpace(value + 1, to);
    int length = end - from;
    if (length == 4 && bytes[from + 1] == 'i' && bytes[from + 2] == 'd') {
      idFrom = value;
      idTo = scalar(value, to);
      return idTo;
    }
    if (length == 8 && text(from, end).equals("\"method\"") && bytes[value] == '"') {
      int after = string(value, to);
      method = text(value + 1, after - 1);
      return after;
    }
    return value;
  }

  /** The sign after the string that starts here. */
  private int string(int from, int to) {
    int i = from + 1;
    while (i < to && bytes[i] != '"') {
      i += bytes[i] == '\\' ? 2 : 1;
    }
    return Math.min(i + 1, to);
  }

  private int scalar(int from, int to) {
    if (from < to && bytes[from] == '"') {
      return string(from, to);
    }
    int i = from;
    while (i < to && bytes[i] != ',' && bytes[i] != '}' && bytes[i] > ' ') {
      i++;
    }
    return i;
  }

  private int skipSpace(int from, int to) {
    int i = from;
    while (i < to && bytes[i] <= ' ') {
      i++;
    }
    return i;
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Empty for an answer and for what is no message. */
  String method() {
    return method;
  }

  /** Whether the message has an id, and so wants an answer. */
  boolean asks() {
    return idTo > idFrom;
  }

  /** The id as JSON, as it came. */
  String id() {
    return asks() ? text(idFrom, idTo) : "null";
  }

  int idLength() {
    return asks() ? idTo - idFrom : NULL.length;
  }

  void putId(ByteBuffer into) {
    if (asks()) {
      into.put(bytes, idFrom, idTo - idFrom);
    } else {
      into.put(NULL);
    }
  }
}
