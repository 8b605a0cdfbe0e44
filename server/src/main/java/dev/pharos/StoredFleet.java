package dev.pharos;

import dev.pharos.cli.FleetAccess;
import dev.pharos.config.Configuration;
import dev.pharos.definition.FleetFile;
import dev.pharos.event.InProcessEventBus;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import dev.pharos.registry.Aspect;
import dev.pharos.registry.FleetListener;
import dev.pharos.registry.ImportPlan;
import dev.pharos.registry.Registry;
import dev.pharos.store.Stores;
import java.time.InstantSource;
import java.util.Set;

/** The definitions in the data folder of a monitor that does not run. */
final class StoredFleet implements FleetAccess {
  private final Stores stores;
  private final Registry registry;

  StoredFleet(Configuration configuration, Stores stores, InstantSource clock) {
    this.stores = stores;
    this.registry =
        new Registry(
            stores.servers(), new InProcessEventBus(), new Nobody(), clock, configuration.rules());
  }

  @Override
  public ImportPlan plan(FleetFile file) {
    return registry.plan(file);
  }

  @Override
  public ImportPlan take(FleetFile file) {
    ImportPlan plan = registry.plan(file);
    return plan.problems().isEmpty() ? registry.apply(file, false, "import") : plan;
  }

  @Override
  public String export() {
    return registry.export();
  }

  @Override
  public void close() {
    stores.close();
  }

  /** Nothing is watched. */
  private static final class Nobody implements FleetListener {
    @Override
    public void added(Standing added) {}

    @Override
    public void changed(Server before, Standing now, Set<Aspect> aspects) {}

    @Override
    public void removed(Server removed) {}

    @Override
    public void enabled(Standing now) {}

    @Override
    public void disabled(Standing now) {}

    @Override
    public void maintenance(Standing now) {}

    @Override
    public void circuitReset(Standing now) {}
  }
}
