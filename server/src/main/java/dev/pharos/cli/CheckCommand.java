package dev.pharos.cli;

import dev.pharos.definition.ClientConfig;
import dev.pharos.definition.Definition;
import dev.pharos.definition.TargetText;
import dev.pharos.field.Problem;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.trace.WireTap;
import dev.pharos.view.Mask;
import dev.pharos.view.ResultView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code pharos check}: one look at a server, or at each server of a file. */
@Command(
    name = "check",
    customSynopsis = {
      "pharos check [OPTIONS] URL          look at one server",
      "       pharos check [OPTIONS] FILE         look at all servers of an MCP client's file",
      "       pharos check [OPTIONS] -- COMMAND [ARGS…]",
      "                                           start a server, look, end it"
    },
    description = "Looks once and says, stage by stage, what was seen.%n",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:healthy (all of a file's servers, but for those it switches off)",
      "1:unhealthy, or something could not be looked at",
      "2:the arguments or the file cannot be used",
      "3:degraded: works, but not all of it; of several servers the worst counts: 1, then 3"
    },
    footer = {
      "%nA TOKEN, KEY, PASSWORD, SECRET or VALUE may be written as @FILE or env:NAME, so that it",
      "does not stand in the process list. Variables in a file come from the environment, VS",
      "Code's inputs from PHAROS_INPUT_<ID>."
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "TARGET", hidden = true)
  private @Nullable String text;

  @Mixin private TargetOptions options = new TargetOptions();

  @Option(names = "--json", description = "Print the whole result as JSON.")
  private boolean json;

  @Option(
      names = "--verbose",
      description = "Print every message on the wire to stderr, secrets masked.")
  private boolean verbose;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      description = "Colours (default: auto, on a terminal; NO_COLOR is respected).")
  private String color = "auto";

  private final Looker looker;
  private final Shell shell;
  private final @Nullable List<String> command;
  private final BooleanSupplier stopped;
  private final Consumer<Throwable> bugs;

  /**
   * @param command what stands behind {@code --}, or null when there is no {@code --}
   * @param stopped whether the user has asked us to end
   * @param bugs hears of looks that a bug of ours ended
   */
  CheckCommand(
      Looker looker,
      Shell shell,
      @Nullable List<String> command,
      BooleanSupplier stopped,
      Consumer<Throwable> bugs) {
    this.looker = looker;
    this.shell = shell;
    this.command = command;
    this.stopped = stopped;
    this.bugs = bugs;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      return run(style());
    } catch (UsageException e) {
      complain(e.reason());
      return ExitCode.USAGE;
    }
  }

  private int run(Style style) throws UsageException, InterruptedException {
    SecretText secrets = new SecretText(shell.environment());
    if (command != null) {
      if (text != null || command.isEmpty()) {
        throw new UsageException(
            text != null
                ? "give a URL or file, or a command behind --, not both"
                : "the command behind -- is missing");
      }
      return one(options.command(command, secrets), style);
    }
    if (text == null) {
      throw new UsageException("say what to look at: a URL, a client's file, or -- and a command");
    }
    return switch (TargetText.read(text, options.choice())) {
      case TargetText.Address address ->
          one(options.address(text, address.transport(), secrets), style);
      case TargetText.ConfigFile file -> file(file.path(), style);
      case TargetText.Mistake mistake -> throw new UsageException(mistake.message());
    };
  }

  private int one(Target target, Style style) {
    Outcome outcome = looker.look(target, tap(target, style, ""));
    if (stopped.getAsBoolean()) {
      return ExitCode.INTERRUPTED;
    }
    print(
        json ? jsonText(ResultView.of(target, outcome), style) : Report.of(style, target, outcome));
    return ExitCode.of(outcome.verdict());
  }

  private int file(Path path, Style style) throws UsageException, InterruptedException {
    options.refuseForFile();
    ClientConfig config = usable(path);
    long started = shell.ticker().nanos();
    int ready =
        (int) config.definitions().stream().filter(Definition.Ready.class::isInstance).count();
    List<Row> rows;
    try (Progress progress =
        new Progress(shell.err(), style, shell.errIsTerminal() && !verbose, ready)) {
      rows =
          new FleetCheck(t -> looker.look(t, tap(t, style, t.name())), bugs::accept, progress)
              .run(config);
    }
    if (stopped.getAsBoolean()) {
      return ExitCode.INTERRUPTED;
    }
    if (json) {
      ArrayNode list = JsonMapper.shared().createArrayNode();
      rows.forEach(row -> list.add(row.view()));
      print(jsonText(list, style));
    } else {
      long micros = (shell.ticker().nanos() - started) / 1_000;
      print(new FleetTable(style).of(rows, micros));
    }
    return ExitCode.worst(rows.stream().map(Row::exitCode).toList());
  }

  private ClientConfig usable(Path path) throws UsageException {
    ClientConfig config = ClientConfig.read(path, shell.environment());
    for (Problem problem : config.problems()) {
      if (problem.field().isEmpty()) {
        throw new UsageException(path + " " + problem.message());
      }
    }
    if (config.definitions().isEmpty() && config.problems().isEmpty()) {
      throw new UsageException(path + " names no servers: its list is empty");
    }
    List<Definition> definitions = new ArrayList<>();
    for (Definition definition : config.definitions()) {
      definitions.add(
          definition instanceof Definition.Ready ready
              ? new Definition.Ready(options.withTimeout(ready.target()))
              : definition);
    }
    return new ClientConfig(definitions, config.problems());
  }

  private Style style() throws UsageException {
    boolean plain = shell.has("NO_COLOR") || "dumb".equals(shell.environment().apply("TERM"));
    boolean colour =
        switch (color) {
          case "always" -> true;
          case "never" -> false;
          case "auto" -> shell.outIsTerminal() && !plain;
          default -> throw new UsageException("--color: write auto, always or never");
        };
    return new Style(colour, shell.charset());
  }

  private WireTap tap(Target target, Style style, String label) {
    return verbose
        ? new MaskingTap(shell.err(), Mask.of(target), style, shell.ticker(), label)
        : WireTap.none();
  }

  private static String jsonText(JsonNode node, Style style) {
    return style.printable().json(node.toPrettyString()) + "\n";
  }

  private void print(String output) {
    shell.out().print(output);
    shell.out().flush();
  }

  private void complain(String message) {
    shell.err().println("pharos check: " + new Printable(shell.charset()).line(message));
    shell.err().flush();
  }
}
