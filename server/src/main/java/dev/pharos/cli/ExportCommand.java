package dev.pharos.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pharos export}: all definitions. */
@Command(
    name = "export",
    description = "Prints all definitions as YAML, dots in place of secrets.%n",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = "%nImporting it again changes nothing: dots keep the secret that is stored.")
final class ExportCommand implements Callable<Integer> {
  @Mixin private FleetPlace place = new FleetPlace();

  private final Monitors monitors;
  private final Shell shell;

  ExportCommand(Monitors monitors, Shell shell) {
    this.monitors = monitors;
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    return new Complaints("export", shell).guard(this::run);
  }

  private int run() throws Exception {
    try (FleetAccess fleet = place.open(monitors, shell)) {
      shell.out().print(fleet.export());
      shell.out().flush();
      return ExitCode.HEALTHY;
    }
  }
}
