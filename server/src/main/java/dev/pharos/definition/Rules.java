package dev.pharos.definition;

/**
 * What of a fleet's definitions is up to whoever runs the monitor.
 *
 * @param allowStdio whether servers may be processes that we start
 * @param allowPrivate whether addresses may lie in loopback and private ranges
 * @param allowLinkLocal whether addresses may lie in link-local and cloud-metadata ranges
 */
public record Rules(boolean allowStdio, boolean allowPrivate, boolean allowLinkLocal) {
  /** What holds for a monitor on its own machine. */
  public static final Rules LOCAL = new Rules(true, true, false);
}
