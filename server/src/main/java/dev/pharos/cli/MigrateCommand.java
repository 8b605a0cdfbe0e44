package dev.pharos.cli;

import dev.pharos.config.BadConfiguration;
import dev.pharos.config.ConfigReader;
import dev.pharos.config.Configuration;
import dev.pharos.fleet.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pharos migrate}: from a data folder to PostgreSQL. */
@Command(
    name = "migrate",
    description = "Moves an embedded installation with all its history to PostgreSQL.%n",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is there, and was compared",
      "1:the data folder or the database cannot be used; the same command goes on from there",
      "2:the arguments cannot be used"
    },
    footer = {
      "%nThe data folder is only read. End its monitor first; afterwards start it with",
      "PHAROS_DATABASE_URL and the same data folder, which keeps the key and the password."
    })
final class MigrateCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "DIR",
      required = true,
      description = "The data folder of the embedded installation.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "URL",
      description =
          "jdbc:postgresql://HOST/DATABASE?user=…&password=… (default: PHAROS_DATABASE_URL); @FILE or"
              + " env:NAME keeps it out of the process list.")
  private @Nullable String to;

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description = "Where the tables are to be (default: pharos).")
  private @Nullable String schema;

  private final Monitors monitors;
  private final Shell shell;

  MigrateCommand(Monitors monitors, Shell shell) {
    this.monitors = monitors;
    this.shell = shell;
  }

  @Override
  public Integer call() throws Exception {
    return new Complaints("migrate", shell).guard(this::run);
  }

  private int run() throws Exception {
    if (!Files.isDirectory(Path.of(from))) {
      throw new UsageException("--from: there is no folder " + from);
    }
    Configuration configuration = configuration();
    Secret url = configuration.databaseUrl();
    if (url == null) {
      throw new UsageException(
          "--to: say where, for example jdbc:postgresql://localhost/pharos?user=pharos");
    }
    if (!url.reveal().strip().matches("(?s)(jdbc:postgresql:|postgres(ql)?://).+")) {
      throw new UsageException(
          "--to: is no address of PostgreSQL: it looks like"
              + " jdbc:postgresql://host:5432/database?user=name&password=secret");
    }
    return move(configuration);
  }

  private int move(Configuration configuration) throws IOException {
    MoveLines lines = new MoveLines(shell);
    try {
      tell(monitors.migrate(configuration, lines), configuration);
      return ExitCode.HEALTHY;
    } catch (IOException e) {
      lines.broke();
      throw e;
    }
  }

  private void tell(Monitors.Moved moved, Configuration configuration) {
    shell
        .out()
        .println(
            moved.before()
                ? "All of it was moved before; nothing was done."
                : String.format(
                    Locale.ROOT,
                    "Moved %,d servers, %,d rows in all; counts and checksums agree.",
                    moved.servers(),
                    moved.rows()));
    String extra =
        configuration.databaseSchema().equals("pharos")
            ? ""
            : " and PHAROS_DATABASE_SCHEMA=" + configuration.databaseSchema();
    shell
        .out()
        .println(
            "Now start it with PHAROS_DATABASE_URL%s: ./pharos up --data %s"
                .formatted(extra, configuration.data()));
  }

  /** As a start would read it, so that the key is found wherever it is set. */
  private Configuration configuration() throws UsageException, BadConfiguration {
    Map<String, String> flags = new HashMap<>();
    flags.put("data", from);
    if (to != null) {
      flags.put("database_url", new SecretText(shell.environment()).read("--to", to).reveal());
    }
    if (schema != null) {
      flags.put("database_schema", schema);
    }
    return new ConfigReader(shell.variables(), flags, Path.of(from))
        .read(new PlaceOptions().file(shell));
  }
}
