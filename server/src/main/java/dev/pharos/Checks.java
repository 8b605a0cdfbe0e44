package dev.pharos;

import dev.pharos.fleet.ServerId;
import dev.pharos.trace.StageTime;
import dev.pharos.view.ResultView;
import dev.pharos.watch.CheckResult;
import dev.pharos.watch.Watch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Has registered servers looked at now, by whoever looks at them. Thread-safe. */
interface Checks {
  /** The JSON of the result as people get it; null when there is no such server. */
  @Nullable CompletableFuture<String> now(ServerId server);

  /** How far the look is that runs at a server now; empty when none runs, or nobody can tell. */
  List<StageTime> progress(ServerId server);

  /** By this monitor's own watch. */
  static Checks of(Watch watch) {
    return new Checks() {
      @Override
      public @Nullable CompletableFuture<String> now(ServerId server) {
        return watch.checkNow(server).map(look -> look.thenApply(Checks::view)).orElse(null);
      }

      @Override
      public List<StageTime> progress(ServerId server) {
        return watch
            .standing(server)
            .map(standing -> watch.progress(standing.server().spec().name()))
            .orElse(List.of());
      }
    };
  }

  private static String view(CheckResult result) {
    return ResultView.json(result.after().server().spec().target(), result.outcome());
  }
}
