package dev.pharos;

import dev.pharos.capability.CapabilityCache;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.registry.Aspect;
import dev.pharos.registry.FleetListener;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Has the nodes obey what people decide on this one: its own watch where the server is its own, the
 * others by what is stored.
 *
 * @param own obeys where the server is watched here, else does nothing
 * @param beat has this node look at what is stored
 * @param resetElsewhere has a circuit closed by another node, where the server is not watched here
 */
record FleetToNodes(
    FleetToWatch own, CapabilityCache cache, Soon beat, Consumer<ServerId> resetElsewhere)
    implements FleetListener {
  /** Whose it becomes is decided by the shares. */
  @Override
  public void added(Standing added) {
    beat.call();
  }

  @Override
  public void changed(Server before, Standing now, Set<Aspect> aspects) {
    if (!before.spec().name().equals(now.server().spec().name())) {
      cache.drop(before.spec().name());
    }
    own.changed(before, now, aspects);
  }

  @Override
  public void removed(Server removed) {
    own.removed(removed);
    cache.drop(removed.spec().name());
  }

  @Override
  public void enabled(Standing now) {
    own.enabled(now);
  }

  @Override
  public void disabled(Standing now) {
    own.disabled(now);
  }

  @Override
  public void maintenance(Standing now) {
    own.maintenance(now);
  }

  @Override
  public void circuitReset(Standing now) {
    own.circuitReset(now);
    resetElsewhere.accept(now.server().id());
  }
}
