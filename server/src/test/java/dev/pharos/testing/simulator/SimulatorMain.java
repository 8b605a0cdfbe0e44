package dev.pharos.testing.simulator;

import java.io.IOException;
import java.net.URI;
import java.util.stream.Collectors;

/**
 * Runs a simulator as a program of its own, with the options of {@link SimulatorSettings#of}.
 * Prints its endpoints on one line when it listens, and ends when its standard input does, so that
 * it never outlives whoever started it.
 */
public final class SimulatorMain {
  private SimulatorMain() {}

  public static void main(String[] options) throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorSettings.of(options))) {
      System.out.println(
          simulator.endpoints().stream().map(URI::toString).collect(Collectors.joining(" ")));
      System.out.flush();
      while (System.in.read() >= 0) {
        // Nothing is read from it; only its end counts.
      }
    }
  }
}
