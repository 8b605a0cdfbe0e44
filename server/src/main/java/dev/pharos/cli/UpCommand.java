package dev.pharos.cli;

import dev.pharos.config.BadConfiguration;
import dev.pharos.config.ConfigReader;
import dev.pharos.config.Configuration;
import dev.pharos.definition.FleetFile;
import dev.pharos.field.Problem;
import dev.pharos.registry.ImportPlan;
import dev.pharos.registry.Rejected;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  private static final int MAX_IMPORT = 8 * 1024 * 1024;

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
    try {
      ConfigReader reader = place.reader(shell, demo, port, host);
      FleetFile file = imported == null ? null : file(imported);
      return run(reader, reader.read(place.file(shell)), file);
    } catch (UsageException e) {
      return complain(ExitCode.USAGE, List.of(e.reason()));
    } catch (BadConfiguration e) {
      return complain(ExitCode.USAGE, e.problems().stream().map(PlaceOptions::line).toList());
    } catch (Rejected e) {
      return complain(ExitCode.USAGE, e.problems().stream().map(PlaceOptions::line).toList());
    } catch (IOException e) {
      return complain(
          ExitCode.UNHEALTHY, List.of(e.getMessage() == null ? "cannot start" : e.getMessage()));
    }
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
    Printable printable = new Printable(shell.charset());
    PrintWriter out = shell.out();
    out.println(
        "Imported: "
            + plan.added().size()
            + " added, "
            + plan.changed().size()
            + " changed, "
            + plan.unchanged().size()
            + " as they were.");
    plan.leftOut().forEach(each -> out.println("  " + printable.line(PlaceOptions.line(each))));
    plan.problems()
        .forEach(each -> out.println("  not taken: " + printable.line(PlaceOptions.line(each))));
    out.flush();
  }

  /** A file that cannot be read at all is a mistake of the call; single bad servers are not. */
  private FleetFile file(Path path) throws UsageException {
    FleetFile file = FleetFile.parse(text(path), path, shell.environment());
    for (Problem problem : file.problems()) {
      if (problem.field().isEmpty()) {
        throw new UsageException(path + " " + problem.message());
      }
    }
    return file;
  }

  private static String text(Path path) throws UsageException {
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_IMPORT + 1);
      if (bytes.length > MAX_IMPORT) {
        throw new UsageException(path + " is larger than 8 MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UsageException(path + " is not UTF-8 text");
    } catch (IOException e) {
      throw new UsageException(path + " cannot be read: is it there, and may you read it?");
    }
  }

  private int complain(int code, List<String> lines) {
    Printable printable = new Printable(shell.charset());
    for (String line : lines) {
      shell.err().println("pharos up: " + printable.line(line));
    }
    shell.err().flush();
    return code;
  }
}
