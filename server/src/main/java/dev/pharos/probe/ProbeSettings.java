package dev.pharos.probe;

import dev.pharos.net.NetSettings;

/**
 * Bounds of a look.
 *
 * @param maxBodyBytes of one body, one event or one line of stdout, after inflation
 * @param maxPages of one list
 * @param maxItems of one list
 * @param maxDepth of nested JSON
 */
public record ProbeSettings(
    NetSettings net, int maxBodyBytes, int maxPages, int maxItems, int maxDepth) {
  /** Our own version, as servers are told it. */
  public static final String VERSION = "0.1.0";

  public static final ProbeSettings DEFAULT =
      new ProbeSettings(NetSettings.DEFAULT, 8 * 1024 * 1024, 64, 10_000, 64);

  /** The same with other bounds of the network layer. */
  public ProbeSettings with(NetSettings other) {
    return new ProbeSettings(other, maxBodyBytes, maxPages, maxItems, maxDepth);
  }
}
