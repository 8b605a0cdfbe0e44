package dev.pharos.fleet;

/** What people, or the circuit on their behalf, decided about a server. */
public enum AdminStatus {
  ACTIVE("active"),
  /** Not looked at, but for the seldom looks that may bring an auto-disabled server back. */
  INACTIVE("inactive");

  private final String wire;

  AdminStatus(String wire) {
    this.wire = wire;
  }

  /** The public name. */
  public String wire() {
    return wire;
  }
}
