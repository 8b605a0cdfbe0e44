package dev.pharos.testing.monitor;

import dev.pharos.testing.simulator.SimulatorProcess;
import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Breaks simulated servers at random and mends them some seconds later: killed and started again,
 * alone and by the dozen, slow, answering with errors, forgetful. Used by one thread.
 */
final class SoakFaults {
  /** A server is broken once in so many seconds. */
  private static final int RARITY = 200;

  private static final int LONGEST_SECONDS = 30;
  private static final int DOZEN = 12;

  private record Mend(int server, long atNanos) {}

  private final SimulatorProcess simulator;
  private final int servers;
  private final SplittableRandom random;
  private final PriorityQueue<Mend> mends =
      new PriorityQueue<>(Comparator.comparingLong(Mend::atNanos));

  SoakFaults(SimulatorProcess simulator, int servers, long seed) {
    this.simulator = simulator;
    this.servers = servers;
    this.random = new SplittableRandom(seed);
  }

  /** Breaks what is to be broken in this second, and mends what was broken for long enough. */
  void second(long nowNanos) throws IOException {
    StringBuilder orders = new StringBuilder();
    while (!mends.isEmpty() && mends.peek().atNanos() <= nowNanos) {
      orders.append(mends.remove().server()).append(" none\n");
    }
    int broken = servers / RARITY + (random.nextInt(RARITY) < servers % RARITY ? 1 : 0);
    for (int i = 0; i < broken; i++) {
      int first = random.nextInt(servers);
      String fault = fault();
      int many = random.nextInt(100) == 0 ? DOZEN : 1;
      long until = nowNanos + (1 + random.nextInt(LONGEST_SECONDS)) * 1_000_000_000L;
      for (int server = first; server < Math.min(servers, first + many); server++) {
        orders.append(server).append(' ').append(fault).append('\n');
        mends.add(new Mend(server, until));
      }
    }
    simulator.control(orders.toString());
  }

  private String fault() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> "down";
      case 4, 5 -> "slow " + (50 + random.nextInt(3_000));
      case 6 -> "status 500";
      case 7 -> "status 503";
      default -> "lose-sessions";
    };
  }

  /** Mends everything. */
  void end() throws IOException {
    simulator.control(
        mends.stream().map(mend -> mend.server() + " none\n").collect(Collectors.joining()));
    mends.clear();
  }
}
