package dev.pharos.fleet;

/** What a definition says of an HTTP server's transport. */
public enum TransportChoice {
  /** Streamable HTTP first, then HTTP+SSE. */
  AUTO,
  STREAMABLE_HTTP,
  SSE
}
