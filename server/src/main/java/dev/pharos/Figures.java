package dev.pharos;

import dev.pharos.fleet.SpanState;
import dev.pharos.fleet.Standing;
import dev.pharos.probe.Prober;
import dev.pharos.push.Push;
import dev.pharos.store.Stores;
import dev.pharos.telemetry.Sources;
import dev.pharos.watch.Watch;
import java.util.EnumMap;
import java.util.Map;

/** Where the figures at a scrape come from. */
final class Figures {
  private static final double MICROS = 1e6;

  private Figures() {}

  static Sources of(Watch watch, Prober prober, Push push, Stores stores) {
    return new Sources(
        () -> byState(watch),
        () -> watch.stats().lateness().p99() / MICROS,
        () -> prober.counts().sessionsOpened(),
        () -> prober.counts().sessionsEnded(),
        () -> prober.counts().open(),
        () -> watch.stats().held(),
        () -> prober.counts().childrenStarted(),
        () -> prober.counts().childrenReaped(),
        Map.of(
            "due", () -> watch.stats().waiting(),
            "in_flight", () -> watch.stats().inFlight(),
            "knocks", () -> watch.stats().knocking(),
            "store", () -> watch.stats().backlog()),
        () -> push.counts().webSockets(),
        () -> push.counts().streams(),
        () -> push.counts().sent(),
        () -> push.counts().coalesced(),
        () -> push.counts().dropped(),
        stores::bytes);
  }

  private static Map<SpanState, Integer> byState(Watch watch) {
    Map<SpanState, Integer> counts = new EnumMap<>(SpanState.class);
    for (Standing each : watch.standings()) {
      counts.merge(each.memory().span(), 1, Integer::sum);
    }
    return counts;
  }
}
