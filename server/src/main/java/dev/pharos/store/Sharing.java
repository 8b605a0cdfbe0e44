package dev.pharos.store;

import dev.pharos.cluster.ErrandStore;
import dev.pharos.cluster.OwnerStore;
import dev.pharos.event.Bell;
import dev.pharos.fleet.ServerId;
import java.util.List;
import java.util.OptionalLong;

/** What several processes on one database need beside the stores. Thread-safe. */
public interface Sharing {
  OwnerStore owners();

  ErrandStore errands();

  /** Rings when any node has stored an event; the caller closes it. */
  Bell eventBell();

  /** Rings when somebody else than Pharos has changed or removed a server; the caller closes it. */
  Bell editBell();

  /** Rings when a node has asked another for something, or answered; the caller closes it. */
  Bell errandBell();

  /**
   * Seals secrets that somebody wrote in the clear into {@code auth_config} or {@code env}. What
   * cannot be read stays as it is, and the log tells of it. Cheap when there is nothing to do.
   *
   * @return the servers whose secrets were sealed
   */
  List<ServerId> adopt();

  /** Up to which event the journal was relayed to other programs, about; empty when never. */
  OptionalLong relayed();

  void relayed(long event);
}
