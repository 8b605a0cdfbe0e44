package dev.pharos.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. {@link #stop} may be called from any thread, {@link #run} once at a time. */
public final class Cli {
  private final Looker looker;
  private final Monitors monitors;
  private final Shell shell;
  private final Stopping stopping = new Stopping();

  public Cli(Looker looker, Monitors monitors, Shell shell) {
    this.looker = looker;
    this.monitors = monitors;
    this.shell = shell;
  }

  /**
   * Follows the arguments and gives the exit code. Throws nothing: a bug of ours is exit code 1.
   */
  public int run(String... args) {
    // Behind the first -- stands a command with options of its own: no business of our parser.
    List<String> all = List.of(args);
    int dashes = !all.isEmpty() && all.getFirst().equals("check") ? all.indexOf("--") : -1;
    List<String> command = dashes < 0 ? null : all.subList(dashes + 1, all.size());
    String[] own = dashes < 0 ? args : Arrays.copyOf(args, dashes);
    try {
      return parser(command).execute(own);
    } catch (RuntimeException e) {
      return bug(e);
    } finally {
      shell.out().flush();
      shell.err().flush();
    }
  }

  /**
   * The user wants us to end: whatever a look still says is not printed any more, and a monitor
   * that runs is closed.
   *
   * @return whether a monitor was closed, which is how it ends when all is well
   */
  public boolean stop() {
    return stopping.ask();
  }

  private CommandLine parser(@Nullable List<String> command) {
    CheckCommand check = new CheckCommand(looker, shell, command, stopping::isAsked, this::bug);
    CommandLine sub = new CommandLine(check);
    CommandLine parser = new CommandLine(new PharosCommand());
    CommandLine up = new CommandLine(new UpCommand(monitors, shell, stopping));
    CommandLine take = new CommandLine(new ImportCommand(monitors, shell));
    CommandLine give = new CommandLine(new ExportCommand(monitors, shell));
    CommandLine passwd = new CommandLine(new PasswdCommand(monitors, shell));
    CommandLine migrate = new CommandLine(new MigrateCommand(monitors, shell));
    parser
        .addSubcommand("up", up)
        .addSubcommand("check", sub)
        .addSubcommand("import", take)
        .addSubcommand("export", give)
        .addSubcommand("passwd", passwd)
        .addSubcommand("migrate", migrate)
        .addSubcommand(new RehearseCommand(looker, monitors, shell));
    for (CommandLine one : List.of(parser, up, sub, take, give, passwd, migrate)) {
      one.getCommandSpec().versionProvider(() -> new String[] {Version.line()});
    }
    // "@" before a value means a file with a secret, not one with arguments.
    return parser
        .setExpandAtFiles(false)
        .setOut(shell.out())
        .setErr(shell.err())
        .setUsageHelpWidth(100)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setParameterExceptionHandler(this::mistake)
        .setExecutionExceptionHandler((e, _, _) -> bug(e));
  }

  private int mistake(ParameterException e, String[] args) {
    CommandLine one = e.getCommandLine();
    PrintWriter err = shell.err();
    Printable printable = new Printable(shell.charset());
    String name = one.getCommandSpec().qualifiedName();
    err.println(name + ": " + printable.line(hint(e, args)));
    err.println("Try: " + name + " --help");
    return ExitCode.USAGE;
  }

  private static String hint(ParameterException e, String[] args) {
    String message = e.getMessage() == null ? "cannot be understood" : e.getMessage();
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return message;
    }
    List<String> close = unmatched.getSuggestions();
    if (!close.isEmpty()) {
      return message + " (did you mean " + String.join(" or ", close) + "?)";
    }
    boolean command = args.length > 1 && args[0].equals("check") && !args[1].startsWith("-");
    return command && !args[1].contains("://")
        ? message + " (to look at a command, put -- before it: pharos check -- " + args[1] + " …)"
        : message;
  }

  private int bug(Throwable e) {
    if (stopping.isAsked()) {
      return ExitCode.INTERRUPTED;
    }
    PrintWriter err = shell.err();
    synchronized (err) {
      err.println(
          "pharos: this is a bug in Pharos, please report it: "
              + e.getClass().getSimpleName()
              + (shell.has("PHAROS_DEBUG") ? "" : " (PHAROS_DEBUG=1 shows where)"));
      if (shell.has("PHAROS_DEBUG")) {
        e.printStackTrace(err);
      }
      err.flush();
    }
    return ExitCode.UNHEALTHY;
  }
}
