package dev.pharos.net;

import dev.pharos.trace.FailureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request: its head, and its body as it arrives. Used by one thread; closing is
 * for its user.
 */
public final class HttpAnswer implements AutoCloseable {
  HttpAnswer() {}

  public int status() {
    throw new UnsupportedOperationException();
  }

  /** The first header of that name, or null. */
  public @Nullable String header(String name) {
    throw new UnsupportedOperationException(name);
  }

  /** All values of the headers of that name, in order. */
  public List<String> headers(String name) {
    throw new UnsupportedOperationException(name);
  }

  /**
   * Reads body bytes after inflation, waiting for at least one; counts them on the look.
   *
   * @return how many were read, or -1 at the end of the body
   * @throws FailureException when the body breaks, stalls past the deadline, or cannot be decoded
   */
  public int read(byte[] into, int offset, int length) throws FailureException {
    throw new UnsupportedOperationException("" + into.length + offset + length);
  }

  /**
   * Reads and drops the rest of the body, for at most {@code lag}: for the end of a stream whose
   * message was read already. Never throws; a body that does not end in time closes the connection.
   */
  public void drain(java.time.Duration lag) {
    throw new UnsupportedOperationException("" + lag);
  }

  /**
   * Lifts the deadline: for a stream that is meant to stay open. Only closing the connection ends a
   * read then.
   */
  public void hold() {
    throw new UnsupportedOperationException();
  }

  /**
   * Ends the exchange: a body read to its end leaves the connection reusable, any other closes it.
   * Never throws.
   */
  @Override
  public void close() {}
}
