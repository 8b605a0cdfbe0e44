package dev.pharos.net;

/** Hears that a peer ended a connection which nobody used. */
@FunctionalInterface
public interface IdleListener {
  /**
   * The peer ended the connection, or spoke unasked over plain HTTP, after which it is of no use;
   * it is closed by now. Called at most once for each connection and not for an end that we caused,
   * by a virtual thread; must neither block nor throw.
   *
   * @param detail one line for a person
   */
  void ended(String detail);
}
