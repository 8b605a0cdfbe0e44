package dev.pharos.trace;

/**
 * Hears every message of a look as it crosses the wire. Implementations may be called by several
 * threads at once and must not throw. What they hear holds secrets: whoever shows it masks it
 * first.
 */
public interface WireTap {
  /** Which way a message went. */
  enum Direction {
    SENT,
    RECEIVED,
    /** Nothing crossed the wire: a note about the connection or the process. */
    NOTE
  }

  /**
   * One message crossed the wire.
   *
   * @param channel what it crossed, for example {@code http}, {@code sse}, {@code stdin}, {@code
   *     stdout}, {@code stderr}
   * @param text the head of an HTTP message with its body, one event, or one line
   */
  void heard(Direction direction, String channel, String text);

  /** Whether anybody listens: when not, callers need not make the text. */
  default boolean listening() {
    return true;
  }

  /** Hears nothing. */
  static WireTap none() {
    return NoTap.INSTANCE;
  }
}
