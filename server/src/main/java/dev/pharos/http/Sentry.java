package dev.pharos.http;

import java.time.Duration;

/** Knows who may come in. Thread-safe. Slows down who fails again and again. */
public interface Sentry {
  /** What came of a password. */
  sealed interface Verdict {}

  /**
   * It is right.
   *
   * @param token of a new session; for a login
   */
  record Granted(String token, Duration life) implements Verdict {}

  /** It is wrong. */
  record Denied() implements Verdict {}

  /** It was not looked at: too many were wrong. */
  record Slowed(Duration retryAfter) implements Verdict {}

  /** Whether a password is set: without one, everybody who reaches us may come in. */
  boolean guarded();

  /**
   * Opens a session.
   *
   * @param from the client's address
   */
  Verdict login(String password, String from);

  /** The same password for one request, without a session. Must be cheap when it comes again. */
  Verdict basic(String user, String password, String from);

  /** Whether a session lasts. */
  boolean admits(String token);

  /** Ends a session, if it lasts. */
  void logout(String token);
}
