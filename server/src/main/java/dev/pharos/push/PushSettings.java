package dev.pharos.push;

import java.time.Duration;

/**
 * Bounds of the live feed.
 *
 * @param queue how many journal events may wait for one client, at least 1; one that has more is
 *     served from the journal until it has caught up
 * @param keepAlive silence after which a frame is sent, so that both ends notice a dead connection
 * @param patience how long one frame may take to leave; a client that is slower is sent away
 * @param maxClients of both kinds together
 */
public record PushSettings(int queue, Duration keepAlive, Duration patience, int maxClients) {
  public static final PushSettings DEFAULT =
      new PushSettings(256, Duration.ofSeconds(20), Duration.ofSeconds(10), 2_000);

  public PushSettings {
    if (queue < 1 || maxClients < 1 || keepAlive.isNegative() || patience.isNegative()) {
      throw new IllegalArgumentException("bounds must be above zero");
    }
  }
}
