package dev.pharos.probe;

/**
 * Hears what a kept session notices between looks. Called by threads of the session; must not block
 * or throw.
 */
public interface WatchListener {
  /**
   * The held stream or the process ended: look now. Called at most once for each successful {@link
   * KeptSession#watch}, and not for an end that we caused.
   *
   * @param detail one line for a person, for example {@code process exited: exit code 1}
   */
  void ended(String detail);

  /**
   * A connection that was kept for the next look ended while it was idle. That may be the server's
   * end, and may as well be its habit. Called for each such connection of a session of which
   * nothing is held, and not for an end that we caused.
   */
  void idleEnded(String detail);

  /**
   * The server says that one of its lists changed: {@code tools}, {@code prompts} or {@code
   * resources}.
   */
  void listChanged(String list);
}
