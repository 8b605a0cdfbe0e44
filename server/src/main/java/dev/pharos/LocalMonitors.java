package dev.pharos;

import dev.pharos.cli.FleetAccess;
import dev.pharos.cli.Monitors;
import dev.pharos.cli.MoveProgress;
import dev.pharos.config.ConfigReader;
import dev.pharos.config.Configuration;
import dev.pharos.definition.FleetFile;
import dev.pharos.demo.DemoFleet;
import dev.pharos.fleet.Secret;
import dev.pharos.redis.RedisException;
import dev.pharos.registry.ImportPlan;
import dev.pharos.store.FolderInUseException;
import dev.pharos.store.Migration;
import dev.pharos.store.MigrationProgress;
import dev.pharos.store.StoreException;
import dev.pharos.trace.Ticker;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Monitors of this process. */
record LocalMonitors(InstantSource clock, Ticker ticker) implements Monitors {
  @Override
  public Running start(ConfigReader reader, Configuration configuration, boolean demo)
      throws IOException {
    App app = open(reader, configuration);
    try {
      // Up before we look: a demonstration that was watched before is not to begin in red.
      DemoFleet fleet = demo ? app.owns(DemoFleet.start()) : null;
      app.start();
      if (fleet != null) {
        var _ = app.registry().apply(FleetFile.parseForeign(fleet.fleetFile()), true, "demo");
      }
      return new Local(app);
    } catch (IOException | RuntimeException e) {
      app.close();
      throw explained(e);
    }
  }

  @Override
  public Optional<FleetAccess> open(Configuration configuration) throws IOException {
    try {
      return Optional.of(
          new StoredFleet(configuration, Backing.open(configuration, null, clock), clock));
    } catch (FolderInUseException e) {
      return Optional.empty();
    } catch (StoreException e) {
      throw explained(e);
    }
  }

  @Override
  public Optional<URI> running(Configuration configuration) {
    return new AddressFile(configuration.data()).read();
  }

  @Override
  public void password(Configuration configuration, @Nullable Secret password) throws IOException {
    try {
      new StoredPassword(configuration, clock).store(password);
    } catch (StoreException e) {
      throw explained(e);
    }
  }

  @Override
  public Moved migrate(Configuration configuration, MoveProgress progress) throws IOException {
    try {
      Migration.Moved moved =
          Migration.run(
              configuration.data(),
              Backing.target(configuration),
              Backing.key(configuration),
              new Told(progress));
      return new Moved(moved.before(), moved.servers(), moved.rows());
    } catch (StoreException e) {
      throw explained(e);
    }
  }

  /** The store does not know the command line, nor the other way round. */
  private record Told(MoveProgress progress) implements MigrationProgress {
    @Override
    public void began(String table, boolean checking, long done, long rows) {
      progress.began(table, checking, done, rows);
    }

    @Override
    public void advanced(long done) {
      progress.advanced(done);
    }

    @Override
    public void ended() {
      progress.ended();
    }
  }

  private App open(ConfigReader reader, Configuration configuration) throws IOException {
    try {
      return new App(reader, configuration, clock, ticker);
    } catch (IOException | RuntimeException e) {
      throw explained(e);
    }
  }

  /** What a person can do something about becomes a sentence; the rest is a bug. */
  private static IOException explained(Exception e) {
    return switch (e) {
      case IOException told -> told;
      case StoreException told -> new IOException(told.getMessage(), told);
      case RedisException told -> new IOException(told.getMessage(), told);
      case RuntimeException bug -> throw bug;
      default -> throw new IllegalStateException(e);
    };
  }

  private record Local(App app) implements Running {
    @Override
    public URI address() {
      return app.address();
    }

    @Override
    public int servers() {
      return app.servers();
    }

    @Override
    public ImportPlan add(FleetFile file, String actor) {
      return app.registry().apply(file, true, actor);
    }

    @Override
    public void close() {
      app.close();
    }
  }
}
