package dev.pharos.fleet;

/** What a stretch of a server's time counts as. */
public enum SpanState {
  UNKNOWN("unknown", false, false),
  HEALTHY("healthy", true, true),
  DEGRADED("degraded", true, true),
  UNHEALTHY("unhealthy", true, false),
  /** Our own network was down. */
  BLIND("blind", false, false),
  MAINTENANCE("maintenance", false, false),
  INACTIVE("inactive", false, false);

  private final String wire;
  private final boolean known;
  private final boolean up;

  SpanState(String wire, boolean known, boolean up) {
    this.wire = wire;
    this.known = known;
    this.up = up;
  }

  /** The public name. */
  public String wire() {
    return wire;
  }

  /** Whether uptime counts this time at all. */
  public boolean known() {
    return known;
  }

  /** Whether uptime counts this time as up. */
  public boolean up() {
    return up;
  }
}
