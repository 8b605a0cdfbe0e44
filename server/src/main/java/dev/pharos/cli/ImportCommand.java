package dev.pharos.cli;

import dev.pharos.definition.FleetFile;
import dev.pharos.registry.ImportPlan;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pharos import}: adds and changes servers as a file says. */
@Command(
    name = "import",
    description = "Adds and changes servers as a file says, all of it or nothing.%n",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is as the file says",
      "1:the monitor or the data folder cannot be used",
      "2:the arguments or the file cannot be used; nothing was changed"
    },
    footer = {
      "%nFILE is a configuration of an MCP client, or what pharos export wrote. Servers that it does",
      "not name stay as they are."
    })
final class ImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE")
  private Path file = Path.of("");

  @Option(names = "--dry-run", description = "Only say what would be different.")
  private boolean dryRun;

  @Mixin private FleetPlace place = new FleetPlace();

  private final Monitors monitors;
  private final Shell shell;

  ImportCommand(Monitors monitors, Shell shell) {
    this.monitors = monitors;
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    return new Complaints("import", shell).guard(this::run);
  }

  private int run() throws Exception {
    FleetFile read = ImportFile.read(file, shell);
    try (FleetAccess fleet = place.open(monitors, shell)) {
      ImportPlan plan = dryRun ? fleet.plan(read) : fleet.take(read);
      boolean refused = !plan.problems().isEmpty();
      String verb = refused ? "Nothing was imported" : dryRun ? "Would be" : "Imported";
      shell.out().println(refused ? verb + ":" : verb + ": " + PlanText.sum(plan));
      PlanText.print(plan, shell);
      return refused ? ExitCode.USAGE : ExitCode.HEALTHY;
    }
  }
}
