package dev.pharos;

import dev.pharos.cluster.Node;
import dev.pharos.fleet.SpanState;
import dev.pharos.fleet.Standing;
import dev.pharos.probe.Prober;
import dev.pharos.push.Push;
import dev.pharos.redis.LinkState;
import dev.pharos.redis.RedisCounts;
import dev.pharos.telemetry.Sources;
import dev.pharos.telemetry.Telemetry;
import dev.pharos.watch.Watch;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Where the figures at a scrape come from. */
final class Figures {
  private static final double MICROS = 1e6;

  private Figures() {}

  static void bind(
      Telemetry telemetry, Watch watch, Prober prober, Push push, Ground ground, Part part) {
    telemetry.bind(of(watch, prober, push, ground));
    telemetry.bindNodes(() -> part.nodes().stream().filter(Node::live).count(), part::mayLook);
    if (ground.redis().isPresent()) {
      telemetry.bindRedis(
          () -> ground.redis().map(LinkState::connected).orElse(false),
          () -> counted(ground, RedisCounts::published),
          () -> counted(ground, RedisCounts::figures),
          () -> counted(ground, RedisCounts::dropped),
          () -> counted(ground, RedisCounts::heard),
          () -> counted(ground, RedisCounts::lag));
    }
  }

  private static long counted(Ground ground, ToLongFunction<RedisCounts> count) {
    return ground.redisCounts().map(count::applyAsLong).orElse(0L);
  }

  private static Sources of(Watch watch, Prober prober, Push push, Ground ground) {
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
            "store", () -> watch.stats().backlog(),
            "capabilities", () -> watch.stats().readings()),
        () -> push.counts().webSockets(),
        () -> push.counts().streams(),
        () -> push.counts().sent(),
        () -> push.counts().coalesced(),
        () -> push.counts().dropped(),
        ground.stores()::bytes);
  }

  private static Map<SpanState, Integer> byState(Watch watch) {
    Map<SpanState, Integer> counts = new EnumMap<>(SpanState.class);
    for (Standing each : watch.standings()) {
      counts.merge(each.memory().span(), 1, Integer::sum);
    }
    return counts;
  }
}
