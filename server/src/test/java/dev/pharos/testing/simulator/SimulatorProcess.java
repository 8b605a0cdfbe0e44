package dev.pharos.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pharos.testing.simulator.SimulatorMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A simulator in a process of its own, so that its costs are not ours. Closing it ends it. */
final class SimulatorProcess implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final List<URI> endpoints;
  private final int servers;

  private SimulatorProcess(Process process, List<URI> endpoints, int servers) {
    this.process = process;
    this.endpoints = endpoints;
    this.servers = servers;
  }

  static SimulatorProcess start(int servers, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName(),
                "servers=" + servers,
                "addresses=8"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    if (line == null) {
      process.destroy();
      throw new IOException("the simulator did not start");
    }
    List<URI> endpoints = List.of(line.split(" ", -1)).stream().map(URI::create).toList();
    return new SimulatorProcess(process, endpoints, servers);
  }

  /** The addresses of its servers, dealt out over its endpoints. */
  List<URI> servers() {
    return IntStream.range(0, servers)
        .mapToObj(i -> endpoints.get(i % endpoints.size()).resolve("/s/" + i + "/mcp"))
        .toList();
  }

  JsonNode stats() throws IOException {
    try (var in = endpoints.getFirst().resolve("/stats").toURL().openStream()) {
      return JSON.readTree(in);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
