package dev.pharos;

import dev.pharos.fleet.Standing;
import dev.pharos.http.FleetView;
import dev.pharos.watch.Watch;
import java.util.List;
import java.util.Optional;

/** The fleet as the watch knows it: newer than any row. */
record WatchedFleet(Watch watch) implements FleetView {
  @Override
  public List<Standing> all() {
    return watch.standings();
  }

  @Override
  public Optional<Standing> byName(String name) {
    return watch.standing(name);
  }
}
