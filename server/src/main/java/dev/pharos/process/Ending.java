package dev.pharos.process;

/**
 * How a child was brought to its end.
 *
 * @param leftovers how many processes that it had started were still alive after it and had to be
 *     killed
 */
public record Ending(How how, int leftovers) {
  public enum How {
    /** It had ended before we asked. */
    ALREADY_ENDED,
    /** It left when its stdin was closed, as the protocol wants. */
    STDIN_CLOSED,
    TERMINATED,
    KILLED
  }
}
