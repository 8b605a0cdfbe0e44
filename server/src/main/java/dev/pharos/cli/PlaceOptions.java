package dev.pharos.cli;

import dev.pharos.config.ConfigReader;
import dev.pharos.field.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which monitor a command is about: its configuration file and its data folder. */
final class PlaceOptions {
  private static final Path USUAL = Path.of("pharos.yaml");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration (default: PHAROS_CONFIG, or pharos.yaml if it is here).")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: .pharos in your home folder).")
  private @Nullable String data;

  /** The configuration file, or null for none. */
  @Nullable Path file(Shell shell) {
    String told = shell.environment().apply("PHAROS_CONFIG");
    if (config != null) {
      return config;
    }
    if (told != null && !told.isBlank()) {
      return Path.of(told);
    }
    return Files.exists(USUAL) ? USUAL : null;
  }

  /** A demonstration never mixes with what a person watches in earnest. */
  ConfigReader reader(Shell shell, boolean demo, @Nullable String port, @Nullable String host) {
    Map<String, String> flags = new HashMap<>();
    put(flags, "port", port);
    put(flags, "host", host);
    put(flags, "data", data);
    Path home = Path.of(System.getProperty("user.home", "."));
    return new ConfigReader(
        shell.variables(), flags, home.resolve(demo ? ".pharos-demo" : ".pharos"));
  }

  private static void put(Map<String, String> flags, String key, @Nullable String value) {
    if (value != null) {
      flags.put(key, value);
    }
  }

  /** A problem as a line. */
  static String line(Problem problem) {
    return problem.field().isEmpty()
        ? problem.message()
        : problem.field() + " " + problem.message();
  }
}
