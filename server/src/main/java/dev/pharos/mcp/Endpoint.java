package dev.pharos.mcp;

import dev.pharos.net.Header;
import dev.pharos.process.ChildSpec;
import java.net.URI;
import java.util.List;

/** Where a server is. */
public sealed interface Endpoint {
  /**
   * Over HTTP.
   *
   * @param headers sent with every request
   */
  record Http(URI url, Choice choice, List<Header> headers) implements Endpoint {
    /** Which transports may be tried. */
    public enum Choice {
      /** Streamable HTTP first, then HTTP+SSE. */
      EITHER,
      STREAMABLE_ONLY,
      SSE_ONLY
    }

    public Http {
      headers = List.copyOf(headers);
    }
  }

  /** A process that we start. */
  record Command(ChildSpec spec) implements Endpoint {}
}
