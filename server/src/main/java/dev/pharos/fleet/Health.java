package dev.pharos.fleet;

/** The state of a server as far as it is known. */
public enum Health {
  /** Not seen yet, or we are blind. */
  UNKNOWN("unknown"),
  HEALTHY("healthy"),
  /** Works, but slower than its threshold or partly broken. */
  DEGRADED("degraded"),
  UNHEALTHY("unhealthy");

  private final String wire;

  Health(String wire) {
    this.wire = wire;
  }

  /** The public name. */
  public String wire() {
    return wire;
  }
}
