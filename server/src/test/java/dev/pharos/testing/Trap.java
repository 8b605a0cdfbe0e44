package dev.pharos.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.function.Predicate;

/** When a {@link FaultProxy} cuts a connection by itself, once. */
public sealed interface Trap {
  /** Cuts when so many bytes more went to the server or came from it, all connections together. */
  record AfterBytes(Way way, long bytes) implements Trap {}

  /** Cuts instead of passing on the first piece that matches: the other end never sees it. */
  record Instead(Way way, Predicate<String> piece) implements Trap {}

  /**
   * Passes on the first piece to the server that matches, waits for the answer, and cuts instead of
   * passing that on: the server did what it was asked, and the client cannot know.
   */
  record AnswerLost(Predicate<String> piece) implements Trap {}

  /** Which way bytes go. */
  enum Way {
    TO_SERVER,
    FROM_SERVER
  }

  /** A trap for the answer to the first piece that contains a text. */
  static Trap answerLostTo(String text) {
    return new AnswerLost(piece -> piece.contains(text));
  }

  /** A trap that keeps the first piece that contains a text from the server. */
  static Trap instead(String text) {
    return new Instead(Way.TO_SERVER, piece -> piece.contains(text));
  }

  /** Bytes as the text that predicates see: one character a byte. */
  static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, ISO_8859_1);
  }
}
