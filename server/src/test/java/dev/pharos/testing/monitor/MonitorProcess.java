package dev.pharos.testing.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code pharos up} out of a jar, in a process of its own. Closing it ends it as Ctrl-C does. */
public final class MonitorProcess implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final URI address;
  private final HttpClient client;

  private MonitorProcess(Process process, URI address, HttpClient client) {
    this.process = process;
    this.address = address;
    this.client = client;
  }

  /**
   * Starts it on a free port of loopback.
   *
   * @param options of the JVM
   */
  public static MonitorProcess start(Path jar, Path data, List<String> options) throws IOException {
    return start(jar, data, options, Map.of());
  }

  /** The same with settings of the environment: none of whoever runs this are meant. */
  public static MonitorProcess start(
      Path jar, Path data, List<String> options, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString(), "up", "--port", "0"));
    command.addAll(List.of("--data", data.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("PHAROS_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    // However we end, it does not outlive us.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.strip().startsWith("http://")) {
        return new MonitorProcess(
            process, URI.create(line.strip()), HttpClient.newBuilder().build());
      }
    }
    process.destroyForcibly();
    throw new IOException("the monitor did not start");
  }

  public URI address() {
    return address;
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public Footprint footprint() throws IOException {
    return Footprint.of(pid());
  }

  public Metrics metrics() throws IOException {
    return Metrics.parse(send(request("/metrics").GET()));
  }

  /** Changes fields of a group of settings. */
  public void configure(String group, String fields) throws IOException {
    send(json("/api/v1/config/" + group).PUT(HttpRequest.BodyPublishers.ofString(fields)));
  }

  /** Registers servers by name. */
  public void register(Map<String, URI> servers) throws IOException {
    var file = JSON.createObjectNode();
    var entries = file.putObject("mcpServers");
    servers.forEach((name, uri) -> entries.putObject(name).put("url", uri.toString()));
    JsonNode answer =
        JSON.readTree(
            send(
                json("/api/v1/import").POST(HttpRequest.BodyPublishers.ofString(file.toString()))));
    if (answer.path("added").size() != servers.size()) {
      throw new IOException("not all servers were registered: " + answer.path("problems"));
    }
  }

  /** Has the collector run, so that the heap that {@link #metrics} tells is what lives. */
  public void collect() throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process run =
        new ProcessBuilder(jcmd, Long.toString(pid()), "GC.run").redirectErrorStream(true).start();
    String said = new String(run.getInputStream().readAllBytes(), UTF_8);
    if (!within(run, PATIENCE) || run.exitValue() != 0) {
      throw new IOException("the collector did not run: " + said);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
  }

  private HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  private String send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Ends it as Ctrl-C does.
   *
   * @return whether it ended by itself in good time
   */
  public boolean stop() {
    client.close();
    process.destroy();
    boolean ended = within(process, PATIENCE);
    process.destroyForcibly();
    return ended;
  }

  @Override
  public void close() {
    stop();
  }

  private static boolean within(Process process, Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
