package dev.pharos.testing.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A simulator in a process of its own, so that its costs are not ours. Closing it ends it. */
public final class SimulatorProcess implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final List<URI> endpoints;
  private final int servers;

  private SimulatorProcess(Process process, List<URI> endpoints, int servers) {
    this.process = process;
    this.endpoints = endpoints;
    this.servers = servers;
  }

  /**
   * Starts it with options of {@link SimulatorSettings#of}; it listens at eight addresses unless
   * they say otherwise.
   */
  public static SimulatorProcess start(int servers, String... options) throws IOException {
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
  public List<URI> servers() {
    return IntStream.range(0, servers)
        .mapToObj(i -> endpoints.get(i % endpoints.size()).resolve("/s/" + i + "/mcp"))
        .toList();
  }

  /** What it has counted, as {@link Stats} names it. */
  public JsonNode stats() throws IOException {
    HttpURLConnection stats = connection("/stats");
    try (var in = stats.getInputStream()) {
      return JSON.readTree(in);
    } finally {
      stats.disconnect();
    }
  }

  /** Breaks or mends servers: lines of {@link Console}. */
  public void control(String orders) throws IOException {
    HttpURLConnection control = connection("/control");
    control.setDoOutput(true);
    try (var out = control.getOutputStream()) {
      out.write(orders.getBytes(UTF_8));
    }
    try (var in = control.getInputStream()) {
      in.readAllBytes();
    } finally {
      control.disconnect();
    }
  }

  /** To be disconnected: one that is kept for a next time looks like something left behind. */
  private HttpURLConnection connection(String path) throws IOException {
    return (HttpURLConnection) endpoints.getFirst().resolve(path).toURL().openConnection();
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
