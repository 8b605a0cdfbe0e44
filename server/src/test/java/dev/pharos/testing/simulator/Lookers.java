package dev.pharos.testing.simulator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at each server, told apart by the connection. Who goes on with a server that somebody
 * else has looked at meanwhile was not its only owner: one that takes over comes with a connection
 * of its own, and the one before does not come again.
 */
final class Lookers {
  private final @Nullable Connection[] last;
  private final @Nullable Connection[] before;
  private final int[] returns;

  Lookers(int servers) {
    last = new Connection[servers];
    before = new Connection[servers];
    returns = new int[servers];
  }

  void looked(int server, Connection connection) {
    if (connection == last[server]) {
      return;
    }
    if (connection == before[server]) {
      returns[server]++;
    }
    before[server] = last[server];
    last[server] = connection;
  }

  long returns() {
    return Arrays.stream(returns).sum();
  }

  int most() {
    return Arrays.stream(returns).max().orElse(0);
  }
}
