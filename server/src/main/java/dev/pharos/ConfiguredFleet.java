package dev.pharos;

import dev.pharos.cluster.Node;
import dev.pharos.config.BadConfiguration;
import dev.pharos.config.ConfigReader;
import dev.pharos.config.Configuration;
import dev.pharos.config.FileWatch;
import dev.pharos.definition.FleetFile;
import dev.pharos.field.Problem;
import dev.pharos.registry.ImportPlan;
import dev.pharos.registry.Registry;
import dev.pharos.registry.Rejected;
import dev.pharos.settings.RuntimeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the fleet and the settings as the configuration file has them: at the start, and whenever
 * it changes. Where to listen and to store is decided once, at the start.
 */
final class ConfiguredFleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredFleet.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final FleetFile NONE = new FleetFile(true, List.of(), List.of(), List.of());

  private final Configuration configuration;
  private final ConfigReader reader;
  private final Registry registry;
  private final RuntimeSettings settings;
  private final Part part;
  private @Nullable FileWatch watch;

  ConfiguredFleet(
      Configuration configuration,
      ConfigReader reader,
      Registry registry,
      RuntimeSettings settings,
      Part part) {
    this.part = part;
    this.configuration = configuration;
    this.reader = reader;
    this.registry = registry;
    this.settings = settings;
  }

  /** A file that names servers that cannot be taken stops the start: {@link Rejected}. */
  void start() {
    Path file = configuration.file();
    if (file == null) {
      // Another node may have a file: what is managed by it is not ours to give back.
      if (part.nodes().stream().filter(Node::live).count() == 1) {
        registry.release("pharos");
      }
      return;
    }
    watch = new FileWatch(file, () -> changed(file));
    var _ = follow(file, configuration);
    watch.start(LOOK);
  }

  private ImportPlan follow(Path file, Configuration now) {
    FleetFile named = now.servers();
    FleetFile servers = named == null ? NONE : named;
    String owner = file.getFileName().toString();
    try {
      return registry.reconcile(servers, owner);
    } catch (Rejected e) {
      // Another node that follows the same file was faster: then there is nothing left to do.
      return registry.reconcile(servers, owner);
    }
  }

  /** A file that cannot be used changes nothing. */
  private void changed(Path file) {
    try {
      Configuration now = reader.read(file);
      ImportPlan plan = follow(file, now);
      settings.fix(now.runtime());
      LOG.atInfo()
          .addKeyValue("added", plan.added().size())
          .addKeyValue("changed", plan.changed().size())
          .log("The configuration file was read again");
    } catch (BadConfiguration e) {
      complain(file, e.problems());
    } catch (Rejected e) {
      complain(file, e.problems());
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("The configuration file could not be followed");
    }
  }

  private static void complain(Path file, List<Problem> problems) {
    LOG.atWarn()
        .addKeyValue("file", file)
        .addKeyValue(
            "problems",
            problems.stream()
                .map(each -> (each.field() + " " + each.message()).strip())
                .collect(Collectors.joining("; ")))
        .log("The configuration file has mistakes: the fleet stays as it was");
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
