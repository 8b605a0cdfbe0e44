package dev.pharos.push;

import java.io.IOException;

/** The connection to one client. Used by one thread, but for {@code close}. */
interface Sink {
  /**
   * Sends one event and waits until it has left.
   *
   * @param id of the journal, or 0
   * @throws IOException when the connection is gone
   * @throws TooSlowException when it did not leave in time
   */
  void send(long id, String json) throws IOException, InterruptedException;

  /** Sends something that means nothing. */
  void keepAlive(long position) throws IOException, InterruptedException;

  /** Ends the connection; says why where the transport can. */
  void close(int code, String reason);
}
