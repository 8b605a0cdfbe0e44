package dev.pharos.testing.simulator;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The two paths by which a simulator is steered: {@code GET /stats} answers the {@link Stats} as
 * JSON, {@code POST /control} takes lines of {@code <servers> <fault>}, where the servers are
 * {@code all}, {@code 17} or {@code 0-99} and the fault is as in {@link Fault#parse}.
 */
final class Console {
  private final Simulation simulation;
  private final int servers;

  Console(Simulation simulation, int servers) {
    this.simulation = simulation;
    this.servers = servers;
  }

  void answer(Request request, Connection connection) throws IOException {
    switch (request.verb() + " " + request.path()) {
      case "GET /stats" ->
          simulation.text(200, "application/json", simulation.stats().json(), connection);
      case "POST /control" -> control(request, connection);
      default -> simulation.text(404, "text/plain", "no such path\n", connection);
    }
  }

  private void control(Request request, Connection connection) throws IOException {
    try {
      List<Runnable> orders =
          request.body().lines().filter(line -> !line.isBlank()).map(this::order).toList();
      orders.forEach(Runnable::run);
      simulation.text(200, "text/plain", "done\n", connection);
    } catch (IllegalArgumentException e) {
      simulation.text(400, "text/plain", e.getMessage() + "\n", connection);
    }
  }

  private Runnable order(String line) {
    String[] parts = line.strip().split("\\s+", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException("give servers and a fault: " + line);
    }
    Fault fault = Fault.parse(parts[1]);
    int[] chosen = range(parts[0]);
    return () -> {
      for (int server : chosen) {
        simulation.faults().set(server, fault);
      }
    };
  }

  private int[] range(String text) {
    if (text.equals("all")) {
      return IntStream.range(0, servers).toArray();
    }
    int dash = text.indexOf('-');
    int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
    int last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1));
    if (first < 0 || last >= servers || first > last) {
      throw new IllegalArgumentException("no such servers: " + text);
    }
    return IntStream.rangeClosed(first, last).toArray();
  }
}
