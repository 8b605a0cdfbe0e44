package dev.pharos.cluster;

import java.time.Duration;
import java.time.Instant;

/**
 * A process that takes part.
 *
 * @param id never given twice: a process that starts again is another node
 * @param name for people: the machine's name
 * @param version of the program
 * @param startedAt by its own clock
 * @param servers that it looks at
 * @param sinceSeen how long ago it was last heard of, by the store's clock
 */
public record Node(
    String id, String name, String version, Instant startedAt, int servers, Duration sinceSeen) {
  /** A node that was not heard of for longer is dead: its servers are anybody's. */
  public static final Duration DEAD = Duration.ofSeconds(10);

  public boolean live() {
    return sinceSeen.compareTo(DEAD) < 0;
  }

  Node with(int looksAt) {
    return new Node(id, name, version, startedAt, looksAt, Duration.ZERO);
  }
}
