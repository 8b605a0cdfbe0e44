package dev.pharos.fleet;

/** What a server must do to be called healthy. */
public enum Expectation {
  /** Answer with its tools. */
  TOOLS,
  /** Answer 401 with a correct challenge: for servers we may not log in to. */
  AUTH_CHALLENGE
}
