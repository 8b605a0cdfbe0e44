package dev.pharos;

import dev.pharos.fleet.ServerId;
import dev.pharos.http.FleetView;
import dev.pharos.http.Looks;
import dev.pharos.watch.Refresh;
import dev.pharos.watch.Watch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest looks at the whole fleet, with when they were asked for. Thread-safe. */
final class Refreshes {
  private final Watch watch;
  private final FleetView fleet;
  private final Checks checks;
  private final InstantSource clock;
  private final Map<Long, Instant> begun = new ConcurrentHashMap<>();

  Refreshes(Watch watch, FleetView fleet, Checks checks, InstantSource clock) {
    this.watch = watch;
    this.fleet = fleet;
    this.checks = checks;
    this.clock = clock;
  }

  Looks.Refresh begin() {
    Instant now = clock.instant();
    List<ServerId> active =
        fleet.all().stream()
            .filter(standing -> standing.memory().active())
            .map(standing -> standing.server().id())
            .toList();
    Refresh refresh = watch.refresh(active, checks::now);
    begun.put(refresh.progress().id(), now);
    begun.keySet().removeIf(old -> watch.refresh(old).isEmpty());
    return view(refresh);
  }

  Optional<Looks.Refresh> find(String id) {
    return known(id).map(this::view);
  }

  Optional<Looks.Refresh> stop(String id) {
    Optional<Refresh> known = known(id);
    known.ifPresent(Refresh::cancel);
    return known.map(this::view);
  }

  private Optional<Refresh> known(String id) {
    return id.matches("[1-9]\\d{0,17}") ? watch.refresh(Long.parseLong(id)) : Optional.empty();
  }

  private Looks.Refresh view(Refresh refresh) {
    Refresh.Progress progress = refresh.progress();
    String state = progress.cancelled() ? "stopped" : "done";
    return new Looks.Refresh(
        Long.toString(progress.id()),
        progress.total(),
        progress.done(),
        progress.finished() ? state : "running",
        begun.getOrDefault(progress.id(), clock.instant()));
  }
}
