package dev.pharos.cli;

import dev.pharos.config.ConfigReader;
import dev.pharos.config.Configuration;
import dev.pharos.fleet.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where no monitor can be had. */
record NoMonitors(Throwable why) implements Monitors {
  @Override
  public Running start(ConfigReader reader, Configuration configuration, boolean demo)
      throws IOException {
    throw thrown();
  }

  @Override
  public Optional<FleetAccess> open(Configuration configuration) throws IOException {
    throw thrown();
  }

  @Override
  public Optional<URI> running(Configuration configuration) {
    return Optional.empty();
  }

  @Override
  public void password(Configuration configuration, @Nullable Secret password) throws IOException {
    throw thrown();
  }

  @Override
  public Moved migrate(Configuration configuration, MoveProgress progress) throws IOException {
    throw thrown();
  }

  private IOException thrown() {
    if (why instanceof Error error) {
      throw error;
    }
    return (IOException) why;
  }
}
