package dev.pharos.watch;

import java.time.Duration;

/** Knocks at doors: a bare TCP connect and nothing else. Thread-safe; blocks. */
@FunctionalInterface
public interface Knocker {
  /** Whether a connection was accepted within the time. Never throws for what a network does. */
  boolean knock(Door door, Duration within);

  /** Knocks with sockets of this machine. */
  static Knocker sockets() {
    return new SocketKnocker();
  }
}
