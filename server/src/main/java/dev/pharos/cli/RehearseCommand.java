package dev.pharos.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;
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
    cli.run("check", "--help");
    cli.run("chekc");
    return ExitCode.HEALTHY;
  }
}
