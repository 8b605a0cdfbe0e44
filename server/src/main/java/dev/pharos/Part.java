package dev.pharos;

import dev.pharos.cluster.Node;
import dev.pharos.http.FleetView;
import dev.pharos.registry.FleetListener;
import java.util.List;

/** This process' part in watching the fleet: all of it, or what falls to one of several nodes. */
interface Part extends AutoCloseable {
  /** The whole fleet, whoever looks at it. */
  FleetView fleet();

  /** Has any server looked at. */
  Checks checks();

  /** Hears what people decide on this node. */
  FleetListener listener();

  /** Begins to look; called once. */
  void start();

  /** Whether servers may be looked at now; never blocks. */
  boolean mayLook();

  /** This process, among the nodes. */
  String id();

  /** All processes that take part; at least this one. */
  List<Node> nodes();

  /** Takes nothing more; called before the watch ends. */
  @Override
  void close();

  /** Gives up what it has; called when the last look is written. */
  void leave();
}
