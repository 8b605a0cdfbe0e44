package dev.pharos.probe;

import dev.pharos.fleet.Outcome;
import dev.pharos.trace.WireTap;

/**
 * A server's session kept between looks, so that a further look costs one request. One look at a
 * time: a second caller waits. {@link #watch} and {@link #close} may be called from any thread.
 */
public final class KeptSession implements AutoCloseable {
  KeptSession() {}

  /**
   * Looks again: opens the session when there is none, opens it once more when it was lost. Never
   * throws for anything a server does.
   */
  public Outcome look(Depth depth, WireTap tap) {
    throw new UnsupportedOperationException("" + depth + tap);
  }

  /** Ends the session and looks with a fresh handshake. */
  public Outcome renew(Depth depth, WireTap tap) {
    throw new UnsupportedOperationException("" + depth + tap);
  }

  /**
   * Holds a stream (or the process) so that its end is heard at once.
   *
   * @return whether the server offers something to hold; false also when no session is open or one
   *     is watched already
   */
  public boolean watch(WatchListener listener) {
    throw new UnsupportedOperationException("" + listener);
  }

  /** Whether a stream or process is held now. */
  public boolean watched() {
    throw new UnsupportedOperationException();
  }

  /**
   * Ends the session with DELETE, the streams and the process. Blocks for at most a few seconds;
   * may be called twice.
   */
  @Override
  public void close() {}
}
