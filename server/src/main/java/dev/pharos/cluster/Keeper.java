package dev.pharos.cluster;

import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Looks at the servers of this node. Thread-safe. */
public interface Keeper {
  /** The versions of the definitions of all servers that are looked at. */
  Map<ServerId, Long> kept();

  /** Begins to look at servers as they were left; those that are known already stay. */
  void take(List<Standing> standings);

  /** A definition was edited elsewhere. */
  void changed(Standing edited);

  /**
   * Stops looking, and returns when what was seen is written.
   *
   * @return false when it cannot be written now; then they are looked at on
   */
  boolean handOver(Collection<ServerId> servers);

  /** They are another's, or gone: stops looking, and nothing more of them is written. */
  void lost(Collection<ServerId> servers);
}
