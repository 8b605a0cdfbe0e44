package dev.pharos.access;

import java.time.Duration;

/** What came of an attempt to log in. */
public sealed interface Verdict {
  /** It was the password. */
  record Granted() implements Verdict {}

  /** It was not. */
  record Denied() implements Verdict {}

  /**
   * It was not even looked at: there were too many failures.
   *
   * @param retryAfter until the next attempt is looked at
   */
  record Slowed(Duration retryAfter) implements Verdict {}
}
