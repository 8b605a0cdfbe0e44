package dev.pharos.probe;

/** How much a look asks for. */
public enum Depth {
  /** A ping, or {@code server/discover} in the stateless era. */
  PING,
  /** {@code tools/list}, all pages. */
  TOOLS,
  /** Tools, and prompts, resources and templates where they are advertised. */
  ALL
}
