package dev.pharos.redis;

/**
 * Whether this node is the one, of all that share a journal, that relays it. Two at a time, or none
 * for a while, do no harm but wasted work and delay: the marker in Redis decides. Thread-safe.
 */
@FunctionalInterface
public interface Leadership {
  /** Asked each second at least, so it must be cheap. */
  boolean mine();
}
