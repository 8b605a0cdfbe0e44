package dev.pharos.trace;

/** The two families of protocol revisions. */
public enum Era {
  /** Revisions 2024-11-05 to 2025-11-25: a handshake, perhaps a session id. */
  SESSION("session"),
  /** Revision 2026-07-28: no handshake, each request stands alone. */
  STATELESS("stateless");

  private final String wire;

  Era(String wire) {
    this.wire = wire;
  }

  /** The public name. */
  public String wire() {
    return wire;
  }
}
