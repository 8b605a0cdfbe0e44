package dev.pharos.cli;

import dev.pharos.fleet.Secret;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pharos passwd}: the administrator's password. */
@Command(
    name = "passwd",
    description = "Sets the administrator's password; a monitor that runs asks for it at once.%n",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class PasswdCommand implements Callable<Integer> {
  private static final int MAX_BYTES = 4096;

  @Mixin private FleetPlace place = new FleetPlace();

  @Option(names = "--stdin", description = "Read it from the first line of stdin.")
  private boolean stdin;

  @Option(
      names = "--remove",
      description = "Ask for none any more; a monitor that runs asks until it is started anew.")
  private boolean remove;

  private final Monitors monitors;
  private final Shell shell;

  PasswdCommand(Monitors monitors, Shell shell) {
    this.monitors = monitors;
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    return new Complaints("passwd", shell).guard(this::run);
  }

  private int run() throws Exception {
    @Nullable Secret password = remove ? null : read();
    monitors.password(place.configuration(shell), password);
    shell.out().println(remove ? "The password is removed." : "The password is set.");
    return ExitCode.HEALTHY;
  }

  @SuppressWarnings(
      "SystemConsoleNull") // it may be, with the console that -Djdk.console can choose
  private Secret read() throws IOException, UsageException {
    if (stdin) {
      return line(System.in.readNBytes(MAX_BYTES));
    }
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new UsageException("there is no terminal to ask at: use --stdin");
    }
    char[] once = console.readPassword("New password: ");
    char[] again = console.readPassword("The same again: ");
    if (once == null || !Arrays.equals(once, again)) {
      throw new UsageException("these were two different ones; nothing was changed");
    }
    return new Secret(new String(once));
  }

  private static Secret line(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return new Secret(text.lines().findFirst().orElse(""));
  }
}
