package dev.pharos.net;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;

/**
 * One connection, carrying one exchange at a time. One thread uses it at a time, but any thread may
 * close it, which ends a blocked exchange.
 */
public final class HttpConnection implements AutoCloseable {
  HttpConnection() {}

  public Origin origin() {
    throw new UnsupportedOperationException();
  }

  /**
   * Sends a request and reads the head of its answer, in the running stage of the look. The look's
   * deadline guards the exchange until the answer is closed, through a stalled body too.
   *
   * @throws FailureException when no good head came; the connection is closed then
   */
  public HttpAnswer exchange(HttpCall call, Look look) throws FailureException {
    throw new UnsupportedOperationException("" + call + look);
  }

  /**
   * Whether another exchange may be tried: the last one ended cleanly and neither side said close.
   */
  public boolean reusable() {
    throw new UnsupportedOperationException();
  }

  /**
   * How many exchanges were completed. After the first, an empty reply or reset may just be an idle
   * connection's end.
   */
  public int exchanges() {
    throw new UnsupportedOperationException();
  }

  /** Ends the connection at once; never throws, may be called twice and from any thread. */
  @Override
  public void close() {}
}
