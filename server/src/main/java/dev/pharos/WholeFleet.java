package dev.pharos;

import dev.pharos.cluster.Node;
import dev.pharos.http.FleetView;
import dev.pharos.registry.FleetListener;
import dev.pharos.watch.CheckStore;
import dev.pharos.watch.Watch;
import java.util.List;

/** The only process of its fleet: every server is its own. */
final class WholeFleet implements Part {
  private final Watch watch;
  private final CheckStore store;
  private final Node me;

  WholeFleet(Watch watch, CheckStore store, Node me) {
    this.watch = watch;
    this.store = store;
    this.me = me;
  }

  @Override
  public FleetView fleet() {
    return new WatchedFleet(watch);
  }

  @Override
  public Checks checks() {
    return Checks.of(watch);
  }

  @Override
  public FleetListener listener() {
    return new FleetToWatch(watch);
  }

  @Override
  public void start() {
    watch.start(store.standings());
  }

  @Override
  public boolean mayLook() {
    return true;
  }

  @Override
  public String id() {
    return me.id();
  }

  @Override
  public List<Node> nodes() {
    return List.of(
        new Node(
            me.id(),
            me.name(),
            me.version(),
            me.startedAt(),
            watch.stats().servers(),
            me.sinceSeen()));
  }

  @Override
  public void close() {}

  @Override
  public void leave() {}
}
