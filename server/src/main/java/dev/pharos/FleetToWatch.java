package dev.pharos;

import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import dev.pharos.registry.Aspect;
import dev.pharos.registry.FleetListener;
import dev.pharos.watch.Watch;
import java.util.Set;

/** Has the watch obey what people decide. */
record FleetToWatch(Watch watch) implements FleetListener {
  @Override
  public void added(Standing added) {
    watch.added(added);
  }

  @Override
  public void changed(Server before, Standing now, Set<Aspect> aspects) {
    watch.changed(now);
  }

  @Override
  public void removed(Server removed) {
    watch.removed(removed.id());
  }

  @Override
  public void enabled(Standing now) {
    watch.changed(now);
    watch.enable(now.server().spec().name());
  }

  @Override
  public void disabled(Standing now) {
    watch.changed(now);
  }

  @Override
  public void maintenance(Standing now) {
    watch.changed(now);
  }

  @Override
  public void circuitReset(Standing now) {
    watch.resetCircuit(now.server().spec().name());
  }
}
