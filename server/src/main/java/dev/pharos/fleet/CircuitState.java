package dev.pharos.fleet;

/** The circuit of a server that keeps failing. */
public enum CircuitState {
  CLOSED("closed"),
  OPEN("open"),
  /** The next look decides. */
  HALF_OPEN("half_open");

  private final String wire;

  CircuitState(String wire) {
    this.wire = wire;
  }

  /** The public name. */
  public String wire() {
    return wire;
  }
}
