package dev.pharos.cli;

import dev.pharos.config.ConfigReader;
import dev.pharos.config.Configuration;
import dev.pharos.definition.FleetFile;
import dev.pharos.registry.ImportPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pharos up}: the monitor. */
@Command(
    name = "up",
    description = "Watches a fleet until it is stopped (Ctrl-C).%n",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user",
      "1:cannot start: the address or the data folder cannot be used",
      "2:the arguments, the configuration or the file to import cannot be used"
    },
    footer = {
      "%nEvery key of pharos.yaml can be given as a variable too: PHAROS_PORT, PHAROS_DATA,",
      "PHAROS_ADMIN_PASSWORD, PHAROS_SECRET_KEY, PHAROS_HEALTH_CHECK_INTERVAL_SECONDS, …"
    })
final class UpCommand implements Callable<Integer> {
  @Mixin private PlaceOptions place = new PlaceOptions();

  @Option(names = "--port", paramLabel = "PORT", description = "To listen on (default: 8090).")
  private @Nullable String port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "To listen on (default: 127.0.0.1).")
  private @Nullable String host;

  @Option(
      names = "--demo",
      description = "Bring a toy fleet of eight servers along; keeps a data folder of its own.")
  private boolean demo;

  @Option(
      names = "--import",
      paramLabel = "FILE",
      description = "Add the servers of an MCP client's configuration file, or of an export.")
  private @Nullable Path imported;

  private final Monitors monitors;
  private final Shell shell;
  private final Stopping stopping;

  UpCommand(Monitors monitors, Shell shell, Stopping stopping) {
    this.monitors = monitors;
    this.shell = shell;
    this.stopping = stopping;
  }

  @Override
  public Integer call() throws Exception {
    return new Complaints("up", shell)
        .guard(() -> {
          ConfigReader reader = place.reader(shell, demo, port, host);
          FleetFile file = imported == null ? null : ImportFile.read(imported, shell);
          return run(reader, reader.read(place.file(shell)), file);
        });
  }

  private int run(ConfigReader reader, Configuration configuration, @Nullable FleetFile file)
      throws Exception {
    try (Monitors.Running running = monitors.start(reader, configuration, demo)) {
      stopping.ends(running);
      if (file != null) {
        report(running.add(file, "import"));
      }
      welcome(running);
      stopping.await();
    }
    return ExitCode.HEALTHY;
  }

  private void welcome(Monitors.Running running) {
    PrintWriter out = shell.out();
    int servers = running.servers();
    out.println(
        switch (servers) {
          case 0 -> "Pharos runs and knows no servers yet.";
          case 1 -> "Pharos watches one server.";
          default -> "Pharos watches " + servers + " servers.";
        });
    out.println("  " + running.address());
    out.println("Ctrl-C stops it.");
    out.flush();
  }

  private void report(ImportPlan plan) {
    shell.out().println("Imported: " + PlanText.sum(plan));
    PlanText.print(plan, shell);
  }
}
