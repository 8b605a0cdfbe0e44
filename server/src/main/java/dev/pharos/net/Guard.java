package dev.pharos.net;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket that a {@link Watchdog} may have to close, as a link of the watchdog's list. All but
 * {@link #fired} is guarded by the watchdog's lock.
 */
final class Guard {
  private final @Nullable Socket socket;
  private volatile boolean fired;

  Guard previous = this;
  Guard next = this;
  long due;

  Guard(@Nullable Socket socket) {
    this.socket = socket;
  }

  /** Whether the time ran out: the socket is closed then, or will be at once. */
  boolean fired() {
    return fired;
  }

  boolean linked() {
    return next != this;
  }

  void linkBefore(Guard other) {
    previous = other.previous;
    next = other;
    previous.next = this;
    other.previous = this;
  }

  void unlink() {
    previous.next = next;
    next.previous = previous;
    previous = this;
    next = this;
  }

  void markFired() {
    fired = true;
  }

  /** Closes the socket below any TLS, which ends every read and write at once. */
  void closeSocket() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // Closing cannot be made to fail better.
    }
  }
}
