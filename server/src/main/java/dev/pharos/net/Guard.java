package dev.pharos.net;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A socket that a {@link Watchdog} may have to close, as a link of the watchdog's list. All but
 * {@link #fired} is guarded by the watchdog's lock.
 */
final class Guard {
  private static final Map<SocketOption<Integer>, Integer> PROBING =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 30, // seconds of silence before the first question
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 10, // seconds between questions
          ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

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

  /**
   * Has the kernel ask now and then whether the peer is still there: nothing else tells of a
   * machine that lost its power while a stream was held. A dead peer ends the stream after about a
   * minute.
   */
  void probe() {
    try {
      if (socket != null) {
        socket.setKeepAlive(true);
        if (socket.supportedOptions().containsAll(PROBING.keySet())) {
          for (Map.Entry<SocketOption<Integer>, Integer> option : PROBING.entrySet()) {
            socket.setOption(option.getKey(), option.getValue());
          }
        }
      }
    } catch (IOException e) {
      // The socket was closed meanwhile, or this system has its own idea of how often to ask.
    }
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
