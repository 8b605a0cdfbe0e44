package dev.pharos.cluster;

import dev.pharos.fleet.ServerId;

/** Something that a node asks the owner of a server to do. */
public record Errand(long id, ServerId server, Kind kind) {
  /** What there is to do. */
  public enum Kind {
    /** How far is the look that runs; answered with {@code stage micros}, one a line. */
    PROGRESS,

    /** A look now; answered with its result as JSON. */
    CHECK,

    /** Close the circuit; answered with nothing. */
    RESET_CIRCUIT
  }
}
