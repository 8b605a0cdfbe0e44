package dev.pharos.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pharos} without a command. */
@Command(
    name = "pharos",
    description = "Watches fleets of MCP servers and says what it sees.%n",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = "%n./pharos warmup makes every later start faster.")
final class PharosCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(), "say what to do, for example: up, or check URL");
    }
  }
}
