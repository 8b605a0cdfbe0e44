package dev.pharos.fleet;

/** How much an event asks for attention. */
public enum Severity {
  INFO("info"),
  WARNING("warning"),
  HIGH("high"),
  CRITICAL("critical");

  private final String wire;

  Severity(String wire) {
    this.wire = wire;
  }

  /** The public name. */
  public String wire() {
    return wire;
  }
}
