package dev.pharos.mcp;

import dev.pharos.net.Header;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import java.util.List;

/** Says how we identify ourselves over HTTP. Called by one look at a time. */
public interface Authorizer {
  /** The headers to send; the same list instance as long as nothing changed. May fetch a token. */
  List<Header> headers(Look look) throws FailureException;

  /**
   * The server refused.
   *
   * @return true when the request should be sent once more with new headers
   * @throws FailureException saying what the refusal means
   */
  boolean refused(Refusal refusal, Look look) throws FailureException;
}
