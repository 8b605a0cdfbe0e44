package dev.pharos;

import dev.pharos.cluster.Errand;
import dev.pharos.cluster.Keeper;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.watch.Watch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Has the watch look at this node's part of the fleet, and do what other nodes ask. */
record WatchKeeper(Watch watch) implements Keeper {
  @Override
  public Map<ServerId, Long> kept() {
    return watch.standings().stream()
        .collect(Collectors.toMap(each -> each.server().id(), each -> each.server().version()));
  }

  @Override
  public void take(List<Standing> standings) {
    watch.take(standings);
  }

  @Override
  public void changed(Standing edited) {
    watch.changed(edited);
  }

  @Override
  public boolean handOver(Collection<ServerId> servers) {
    return watch.handOver(servers);
  }

  @Override
  public void lost(Collection<ServerId> servers) {
    watch.lose(servers);
  }

  /** Does an errand; fails when the server is not looked at here any more. */
  CompletableFuture<String> work(Errand errand) {
    return switch (errand.kind()) {
      case CHECK -> check(errand.server());
      case PROGRESS ->
          CompletableFuture.completedFuture(
              Stages.write(Checks.of(watch).progress(errand.server())));
      case RESET_CIRCUIT -> {
        watch
            .standing(errand.server())
            .ifPresent(each -> watch.resetCircuit(each.server().spec().name()));
        yield CompletableFuture.completedFuture("");
      }
    };
  }

  private CompletableFuture<String> check(ServerId server) {
    CompletableFuture<String> look = Checks.of(watch).now(server);
    return look == null
        ? CompletableFuture.failedFuture(new CancellationException("not looked at here"))
        : look;
  }
}
