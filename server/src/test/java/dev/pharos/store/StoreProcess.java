package dev.pharos.store;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.SpanState;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.Fleets;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stores in a process of their own that flips one server for ever and tells of every commit, until
 * it is killed.
 */
final class StoreProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private StoreProcess(Process process) {
    this.process = process;
    this.out = process.inputReader();
  }

  static StoreProcess start(Path folder) throws IOException {
    return new StoreProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The next line, or the empty one at the end. */
  String line() throws IOException {
    String line = out.readLine();
    return line == null ? "" : line;
  }

  /** Kills it at once and returns the whole lines it had still told. */
  List<String> kill() throws IOException {
    close();
    List<String> rest = new ArrayList<>();
    @Nullable String line;
    while ((line = out.readLine()) != null) {
      rest.add(line);
    }
    return rest;
  }

  @Override
  public void close() {
    // By its handle: that leaves open what it has still told.
    process.toHandle().destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    try (Ports stores = SqlitePorts.open(folder, InstantSource.fixed(Fleets.NOON))) {
      flip(stores);
    } catch (StoreException e) {
      System.out.println(e.getMessage());
    }
  }

  private static void flip(Ports stores) {
    ServerId server =
        stores
            .servers()
            .insert(
                Fleets.draft(Fleets.plain("a")),
                HealthMemory.fresh(Fleets.NOON),
                Fleets.changed("a", "created"))
            .standing()
            .server()
            .id();
    for (int i = 1; ; i++) {
      Instant at = Fleets.NOON.plusSeconds(i);
      SpanState from = i % 2 == 0 ? SpanState.UNHEALTHY : SpanState.HEALTHY;
      SpanState to = i % 2 == 0 ? SpanState.HEALTHY : SpanState.UNHEALTHY;
      FleetEvent event = new FleetEvent.AutoEnabled(at, "a", "flip", i);
      var look = i % 2 == 0 ? StoreContract.good(server, at) : StoreContract.bad(server, at);
      List<StoredEvent> stored =
          stores
              .checks()
              .write(List.of(StoreContract.telling(StoreContract.flip(look, from, to, at), event)));
      System.out.println("committed " + stored.getFirst().id());
    }
  }
}
