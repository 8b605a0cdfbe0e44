package dev.pharos.mcp;

/**
 * Hears what happens on a held stream or process. Called by its reading thread; must not block or
 * throw.
 */
public interface HoldListener {
  /** The stream or the process ended, and not by us; called at most once. */
  void ended(String detail);

  /** The server hints that a list changed. */
  void listChanged(ListKind kind);
}
