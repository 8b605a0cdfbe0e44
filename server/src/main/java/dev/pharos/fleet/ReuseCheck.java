package dev.pharos.fleet;

/** What a look over a kept session asks. */
public enum ReuseCheck {
  TOOLS("tools"),
  /**
   * {@code ping}, or {@code server/discover} in the stateless era: for servers whose lists are
   * dear.
   */
  PING("ping");

  private final String wire;

  ReuseCheck(String wire) {
    this.wire = wire;
  }

  /** The public name. */
  public String wire() {
    return wire;
  }
}
