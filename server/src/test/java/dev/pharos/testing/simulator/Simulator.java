package dev.pharos.testing.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Many MCP servers over plain HTTP on loopback, served by one thread. Thread-safe. Closing it ends
 * all connections.
 */
public final class Simulator implements AutoCloseable {
  private final Simulation simulation;
  private final List<URI> endpoints;

  private Simulator(Simulation simulation, List<URI> endpoints) {
    this.simulation = simulation;
    this.endpoints = List.copyOf(endpoints);
  }

  /** Starts listening. */
  public static Simulator start(SimulatorSettings settings) throws IOException {
    Simulation simulation = new Simulation(settings);
    List<URI> endpoints = new ArrayList<>();
    for (int a = 1; a <= settings.addresses(); a++) {
      for (int p = 0; p < settings.ports(); p++) {
        String address = "127.0.0." + a;
        int wanted = settings.port() == 0 ? 0 : settings.port() + p;
        int port = simulation.loop().listen(new InetSocketAddress(address, wanted));
        endpoints.add(URI.create("http://" + address + ":" + port));
      }
    }
    simulation.loop().start();
    return new Simulator(simulation, endpoints);
  }

  /** Where it listens; every server is reached at each of these. */
  public List<URI> endpoints() {
    return endpoints;
  }

  /** The address of one server; servers are dealt out over the endpoints. */
  public URI uri(int server) {
    return endpoints.get(server % endpoints.size()).resolve("/s/" + server + "/mcp");
  }

  /** Breaks or mends one server; in force when this returns. */
  public void fault(int server, Fault fault) {
    ask(() -> {
      simulation.faults().set(server, fault);
      return true;
    });
  }

  /** What is wrong with one server at this moment; for a flipping one, whether it is down. */
  public Fault faultOf(int server) {
    return ask(() -> simulation.faults().of(server));
  }

  public Stats stats() {
    return ask(simulation::stats);
  }

  private <T> T ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    simulation
        .loop()
        .execute(() -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the simulator does not answer", e);
    }
  }

  @Override
  public void close() {
    simulation.loop().close();
  }
}
