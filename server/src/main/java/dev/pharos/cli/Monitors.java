package dev.pharos.cli;

import dev.pharos.config.ConfigReader;
import dev.pharos.config.Configuration;
import dev.pharos.definition.FleetFile;
import dev.pharos.fleet.Secret;
import dev.pharos.registry.ImportPlan;
import dev.pharos.registry.Rejected;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts monitors: the program behind the command line. */
public interface Monitors {
  /** A monitor that runs. Thread-safe. */
  interface Running extends AutoCloseable {
    /** Where people reach it. */
    URI address();

    /** How many servers it watches. */
    int servers();

    /** Adds and changes servers as a file says, as far as it can. */
    ImportPlan add(FleetFile file, String actor);

    /** Ends it in good order; blocks for some seconds at most, may be called twice. */
    @Override
    void close();
  }

  /**
   * Starts a monitor.
   *
   * @param reader for reading a configuration file again when it changes
   * @param demo whether to bring a toy fleet along
   * @throws IOException when it cannot start, with one sentence that says why
   * @throws Rejected when servers of the configuration file cannot be taken
   */
  Running start(ConfigReader reader, Configuration configuration, boolean demo) throws IOException;

  /**
   * The definitions in a data folder.
   *
   * @return empty when a monitor runs there, which is to be asked instead
   * @throws IOException when the folder cannot be used, with one sentence that says why
   */
  Optional<FleetAccess> open(Configuration configuration) throws IOException;

  /** Where the monitor that runs on a data folder is reached; empty when none says so. */
  Optional<URI> running(Configuration configuration);

  /**
   * Sets the administrator's password; a monitor that runs obeys at once.
   *
   * @param password null removes it
   * @throws IOException when it is too weak or cannot be stored, with one sentence that says why
   */
  void password(Configuration configuration, @Nullable Secret password) throws IOException;

  /**
   * What was moved.
   *
   * @param before whether it was all moved by a run before
   */
  record Moved(boolean before, long servers, long rows) {}

  /**
   * Moves what a data folder's embedded database holds to the configured PostgreSQL; goes on where
   * a run before ended.
   *
   * @throws IOException when that cannot be done, with one sentence that says why
   */
  Moved migrate(Configuration configuration, MoveProgress progress) throws IOException;
}
