package dev.pharos.cli;

import dev.pharos.config.BadConfiguration;
import dev.pharos.config.ConfigReader;
import dev.pharos.definition.FleetFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code pharos rehearse}: looks at targets in every way and prints nothing, so that the JVM can
 * note which classes a real run needs. For the launcher.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
  private static final List<List<String>> WAYS =
      List.of(
          List.of("--color", "always"),
          List.of("--json"),
          List.of("--verbose", "--header", "X-Rehearsal:1"));

  private static final List<String> PAGES =
      List.of("health/ready", "api/v1/summary", "api/v1/servers", "api/v1/events", "metrics");

  @Parameters(arity = "1..*", paramLabel = "TARGET")
  private List<String> targets = List.of();

  private final Looker looker;
  private final Monitors monitors;
  private final Shell shell;

  RehearseCommand(Looker looker, Monitors monitors, Shell shell) {
    this.looker = looker;
    this.monitors = monitors;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Shell quiet =
        new Shell(nowhere, nowhere, true, true, shell.charset(), shell.variables(), shell.ticker());
    Cli cli = new Cli(looker, monitors, quiet);
    for (String target : targets) {
      for (List<String> way : WAYS) {
        String[] args = new String[way.size() + 2];
        args[0] = "check";
        args[1] = target;
        for (int i = 0; i < way.size(); i++) {
          args[i + 2] = way.get(i);
        }
        cli.run(args);
      }
    }
    monitor();
    cli.run("check", "--help");
    cli.run("chekc");
    return ExitCode.HEALTHY;
  }

  /** A monitor starts, is asked for what a browser asks for first, looks at the targets, ends. */
  private void monitor() {
    try {
      Path data = Files.createTempDirectory("pharos-rehearsal");
      ConfigReader reader = new ConfigReader(Map.of(), Map.of("port", "0"), data);
      try (Monitors.Running running = monitors.start(reader, reader.read(null), false)) {
        var _ = running.add(FleetFile.parseForeign(fleet()), "rehearsal");
        for (String path : PAGES) {
          try (InputStream answer = running.address().resolve(path).toURL().openStream()) {
            var _ = answer.readAllBytes();
          }
        }
      } finally {
        delete(data);
      }
    } catch (IOException | BadConfiguration e) {
      // Then the cache knows less, and the start takes longer.
      shell.err().println("pharos: the monitor was not rehearsed: " + e.getMessage());
    }
  }

  private String fleet() {
    StringBuilder yaml = new StringBuilder("servers:\n");
    targets.stream()
        .filter(target -> target.contains("://"))
        .forEach(url -> yaml.append("- {name: rehearsal, url: '").append(url).append("'}\n"));
    return yaml.toString();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
