package dev.pharos.testing.simulator;

import org.jspecify.annotations.Nullable;

/** A client's session with one server. */
final class Session {
  final String id;
  final int server;

  /** The connection that holds this session's stream. */
  @Nullable Connection stream;

  Session(String id, int server) {
    this.id = id;
    this.server = server;
  }
}
