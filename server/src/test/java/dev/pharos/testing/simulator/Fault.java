package dev.pharos.testing.simulator;

import java.util.List;

/** What is wrong with one simulated server. */
public sealed interface Fault {
  /** Nothing is wrong. */
  record None() implements Fault {}

  /**
   * As if its process was killed: its connections are reset, new requests too, its sessions are
   * forgotten.
   */
  record Down() implements Fault {}

  /** Every answer is held back. */
  record Slow(long millis) implements Fault {}

  /** Every request is answered with this HTTP status and a page of HTML. */
  record Status(int code) implements Fault {}

  /** All its sessions are forgotten once; after that nothing is wrong. */
  record LoseSessions() implements Fault {}

  /**
   * Up and down by turns, each for an exponentially distributed while. The same seed, server and
   * means give the same whiles.
   */
  record Flip(long meanUpMillis, long meanDownMillis, long seed) implements Fault {
    public Flip {
      if (meanUpMillis < 1 || meanDownMillis < 1) {
        throw new IllegalArgumentException("a mean must be at least 1 ms");
      }
    }
  }

  /**
   * Reads {@code none}, {@code down}, {@code slow MS}, {@code status CODE}, {@code lose-sessions}
   * or {@code flip UP-MS DOWN-MS SEED}.
   */
  static Fault parse(String text) {
    List<String> words = List.of(text.strip().split("\\s+", -1));
    return switch (words.getFirst() + "/" + words.size()) {
      case "none/1" -> new None();
      case "down/1" -> new Down();
      case "slow/2" -> new Slow(Long.parseLong(words.get(1)));
      case "status/2" -> new Status(Integer.parseInt(words.get(1)));
      case "lose-sessions/1" -> new LoseSessions();
      case "flip/4" ->
          new Flip(
              Long.parseLong(words.get(1)),
              Long.parseLong(words.get(2)),
              Long.parseLong(words.get(3)));
      default -> throw new IllegalArgumentException("not a fault: " + text);
    };
  }
}
