package dev.pharos.registry;

import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import java.util.Set;

/**
 * Hears at once of what people decide about servers, after it is stored; in the order of storing.
 * Called by the threads of whoever decides, one at a time; must neither block nor throw.
 */
public interface FleetListener {
  /** A server was registered; it may be inactive from the start. */
  void added(Standing added);

  /**
   * A definition was edited.
   *
   * @param aspects at least one
   */
  void changed(Server before, Standing now, Set<Aspect> aspects);

  void removed(Server removed);

  /** A person enabled it; also after the circuit had given it up. */
  void enabled(Standing now);

  void disabled(Standing now);

  /** Maintenance began or ended: the definition says which. */
  void maintenance(Standing now);

  /** A person asks for the circuit to be closed. */
  void circuitReset(Standing now);
}
