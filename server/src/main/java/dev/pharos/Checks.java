package dev.pharos;

import dev.pharos.fleet.ServerId;
import dev.pharos.view.ResultView;
import dev.pharos.watch.CheckResult;
import dev.pharos.watch.Watch;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Has registered servers looked at now, by whoever looks at them. Thread-safe. */
@FunctionalInterface
interface Checks {
  /** The JSON of the result as people get it; null when there is no such server. */
  @Nullable CompletableFuture<String> now(ServerId server);

  /** By this monitor's own watch. */
  static Checks of(Watch watch) {
    return server -> watch.checkNow(server).map(look -> look.thenApply(Checks::view)).orElse(null);
  }

  private static String view(CheckResult result) {
    return ResultView.json(result.after().server().spec().target(), result.outcome());
  }
}
