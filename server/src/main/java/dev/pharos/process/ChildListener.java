package dev.pharos.process;

/**
 * Hears a child. Each method is called by one of the child's own threads, lines in order; none may
 * throw or block long.
 */
public interface ChildListener {
  /** A line of stdout without its line end. */
  void line(byte[] line);

  /** A line of stdout was longer than allowed and was dropped. */
  void oversizeLine();

  /**
   * The process ended, by itself or by us; called exactly once, after the last line, perhaps before
   * {@link Child#start} has returned.
   *
   * @param stderrTail the last 8 KiB of stderr, as text without control characters
   */
  void ended(Exit exit, String stderrTail);
}
