package dev.pharos.trace;

import java.util.Locale;

/** A timed part of a look, in the order in which the parts are reached. */
public enum Stage {
  DNS,
  CONNECT,
  TLS,
  /** From sending the first request to the head of its answer; and every fault of HTTP itself. */
  HTTP,
  /** Following an authorization challenge and getting a token. */
  AUTH,
  /** For a process: its start too. */
  HANDSHAKE,
  LIST,
  CALL;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name used in answers, logs and metrics: lower case. */
  public String wire() {
    return wire;
  }
}
