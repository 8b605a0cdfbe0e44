package dev.pharos.probe;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Expectation;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.probe.RealServer.Url;
import dev.pharos.probe.RealServer.Way;
import dev.pharos.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the real servers live in one test: their environment, their files, and what we call them
 * by.
 *
 * @param folder a temporary one
 */
record Neighbourhood(Path folder) {
  /**
   * Keeps the servers from calling home and from opening further ports, and their files out of the
   * project.
   */
  Map<String, String> environment() {
    return Map.of(
        "DO_NOT_TRACK", "1",
        "MDB_MCP_TELEMETRY", "disabled",
        "OTEL_SDK_DISABLED", "true",
        "MEMORY_FILE_PATH", folder.resolve("memory.json").toString());
  }

  Path log() {
    return folder.resolve("server.log");
  }

  /** Starts an HTTP server on a free port. */
  ServerProcess start(Way way) {
    return startAt(way, ServerProcess.freePort());
  }

  ServerProcess startAt(Way way, int port) {
    return ServerProcess.start(inFolder(way.command()), environment(), log(), port);
  }

  /** The target of a way; {@code port} is of no use to stdio. */
  Target target(Way way, int port) {
    Url url = way.url();
    Transport transport =
        url == null
            ? new Transport.Stdio(inFolder(way.command()), secretEnvironment(), folder.toString())
            : new Transport.Http(
                URI.create("http://%s:%d%s".formatted(url.host(), port, url.path())), url.choice());
    return new Target(
            "real",
            transport,
            new Credentials.None(),
            Map.of(),
            Expectation.TOOLS,
            Target.DEFAULT_STDIO_TIMEOUT)
        .withEra(way.era());
  }

  private List<String> inFolder(List<String> command) {
    return command.stream().map(part -> part.replace("{folder}", folder.toString())).toList();
  }

  private Map<String, Secret> secretEnvironment() {
    return environment().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Secret(entry.getValue())));
  }
}
