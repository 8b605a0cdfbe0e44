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
    ALREADY_ENDED("had ended by itself"),
    /** It left when its stdin was closed, as the protocol wants. */
    STDIN_CLOSED("left when its stdin was closed"),
    TERMINATED("had to be sent SIGTERM"),
    KILLED("had to be killed");

    private final String words;

    How(String words) {
      this.words = words;
    }
  }

  /** For a person: {@code had to be killed; 2 processes that it left behind were killed}. */
  public String describe() {
    return switch (leftovers) {
      case 0 -> how.words;
      case 1 -> how.words + "; a process that it left behind was killed";
      default -> how.words + "; " + leftovers + " processes that it left behind were killed";
    };
  }
}
