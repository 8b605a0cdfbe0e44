package dev.pharos;

import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.Target;
import dev.pharos.http.Conflict;
import dev.pharos.http.FleetView;
import dev.pharos.http.Looks;
import dev.pharos.http.NotThere;
import dev.pharos.probe.Prober;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.WireTap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has looks made for people: of the fleet's servers by the watch, of others by the prober. */
final class WatchLooks implements Looks {
  /** Who runs tools is written down. */
  private static final Logger AUDIT = LoggerFactory.getLogger("pharos.audit");

  /** On top of a server's own time-out: for a look that runs already, and for its turn. */
  private static final Duration TURN = Duration.ofSeconds(60);

  /** Looks at what is not registered, and runs of tools, at once: these are in no queue. */
  private static final int MAX_UNPLANNED = 32;

  private final FleetView fleet;
  private final Checks checks;
  private final Prober prober;
  private final Refreshes refreshes;
  private final Semaphore unplanned = new Semaphore(MAX_UNPLANNED);

  WatchLooks(FleetView fleet, Checks checks, Prober prober, Refreshes refreshes) {
    this.fleet = fleet;
    this.checks = checks;
    this.prober = prober;
    this.refreshes = refreshes;
  }

  @Override
  public String check(String name) {
    Server server = find(name);
    Future<String> look = checks.now(server.id());
    if (look == null) {
      throw unknown(name);
    }
    try {
      Duration within = server.spec().timeout().multipliedBy(2).plus(TURN);
      return look.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      look.cancel(false);
      throw busy();
    } catch (CancellationException e) {
      throw new Conflict("gone", "\"" + name + "\" was removed or disabled while it was looked at");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException told
          ? told
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  @Override
  public List<StageTime> progress(String name) {
    return checks.progress(find(name).id());
  }

  @Override
  public Looked look(Target target) {
    return unplanned(() -> new Looked(target, prober.look(target, WireTap.none())));
  }

  @Override
  public Called call(String name, String tool, String argumentsJson, String actor) {
    Server server = find(name);
    AUDIT
        .atInfo()
        .addKeyValue("actor", actor)
        .addKeyValue("server", name)
        .addKeyValue("tool", tool)
        .log("A tool is run");
    return unplanned(() -> {
      var called =
          prober.call(server.spec().target(), tool, argumentsJson, server.spec().timeout());
      return new Called(
          called.resultJson(), called.isError(), called.tookMicros(), called.failure());
    });
  }

  private <T> T unplanned(Supplier<T> work) {
    if (!unplanned.tryAcquire()) {
      throw busy();
    }
    try {
      return work.get();
    } finally {
      unplanned.release();
    }
  }

  @Override
  public Refresh refresh() {
    return refreshes.begin();
  }

  @Override
  public Optional<Refresh> refresh(String id) {
    return refreshes.find(id);
  }

  @Override
  public Optional<Refresh> stopRefresh(String id) {
    return refreshes.stop(id);
  }

  private Server find(String name) {
    return fleet.byName(name).map(Standing::server).orElseThrow(() -> unknown(name));
  }

  private static NotThere unknown(String name) {
    return new NotThere("there is no such server: " + name.replaceAll("\\p{C}", "?"));
  }

  private static Conflict busy() {
    return new Conflict("busy", "the monitor is busy with other looks: try again in a moment");
  }
}
