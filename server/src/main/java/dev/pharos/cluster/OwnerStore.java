package dev.pharos.cluster;

import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import java.util.Collection;
import java.util.List;

/**
 * Where it is kept which nodes live and what is whose. Thread-safe. Throws an unchecked exception
 * when the store cannot be reached, after some seconds at most; then nothing of the call holds.
 */
public interface OwnerStore {
  /** Says that a node lives; returns all nodes of the last hour, this one among them. */
  List<Node> beat(Node me);

  /** Whose every server is. */
  List<Holding> survey();

  /**
   * Takes servers that are nobody's, those first that are due first; two nodes that take at the
   * same time never get the same one.
   *
   * @param orphans whether to take those of dead nodes too
   * @return as they were last written
   */
  List<Standing> take(String node, int most, boolean orphans);

  /** Servers as they are stored; those that are gone, or cannot be read, are left out. */
  List<Standing> read(Collection<ServerId> servers);

  /** Gives servers back, as far as they are still the node's. */
  void release(String node, Collection<ServerId> servers);

  /** The servers of a node that is known to have ended are another's now, and it is forgotten. */
  void inherit(String heir, String ended);

  /** The node ends: all that it has is nobody's now. */
  void leave(String node);
}
