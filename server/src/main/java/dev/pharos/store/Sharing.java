package dev.pharos.store;

import dev.pharos.cluster.ErrandStore;
import dev.pharos.cluster.OwnerStore;
import dev.pharos.event.Bell;
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

  /** Up to which event the journal was relayed to other programs, about; empty when never. */
  OptionalLong relayed();

  void relayed(long event);
}
