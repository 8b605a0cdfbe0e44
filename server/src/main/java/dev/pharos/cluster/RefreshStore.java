package dev.pharos.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * Looks at the whole fleet that somebody asked a node for, as every node can see them. Thread-safe.
 * Throws an unchecked exception when it cannot be reached; then nothing of the call holds.
 */
public interface RefreshStore {
  /** Whether a look at the fleet goes on. */
  enum State {
    RUNNING,
    DONE,

    /** By a person, or because the node that made it ended. */
    STOPPED
  }

  /**
   * One look at the fleet.
   *
   * @param node who has it made
   * @param total servers that it covers
   * @param done of them, as the node told last
   */
  record Told(long id, String node, int total, int done, State state, Instant startedAt) {}

  /** Of the only node that there is. */
  static RefreshStore alone() {
    return new MemoryRefreshes();
  }

  /**
   * Begins one, unless one runs that nobody wants stopped: then that is given.
   *
   * @param total servers that it would cover
   */
  Begun begin(String node, int total, Instant at);

  /**
   * What came of asking for one.
   *
   * @param fresh whether the node that asked is to make it
   */
  record Begun(Told told, boolean fresh) {}

  /**
   * The node tells how far it is; to be called each second at least while it runs, for else it is
   * taken for ended.
   *
   * @return whether somebody wants it stopped
   */
  boolean tell(long id, int done, State state);

  /** One of the newest. */
  Optional<Told> find(long id);

  /** Asks its node to stop it. */
  void stop(long id);
}
