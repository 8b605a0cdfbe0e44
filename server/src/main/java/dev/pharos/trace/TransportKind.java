package dev.pharos.trace;

/** The transport that a server was found to speak. */
public enum TransportKind {
  STREAMABLE_HTTP("streamable-http"),
  SSE("sse"),
  STDIO("stdio");

  private final String wire;

  TransportKind(String wire) {
    this.wire = wire;
  }

  /** The public name. */
  public String wire() {
    return wire;
  }
}
