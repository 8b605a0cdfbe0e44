package dev.pharos.store;

import dev.pharos.access.SessionStore;
import dev.pharos.cluster.ErrandStore;
import dev.pharos.cluster.OwnerStore;
import dev.pharos.cluster.RefreshStore;
import dev.pharos.event.Bell;
import dev.pharos.fleet.ServerId;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What several processes on one database need beside the stores. Thread-safe. */
public interface Sharing {
  OwnerStore owners();

  ErrandStore errands();

  /** The sessions of all nodes. */
  SessionStore sessions();

  /** Looks at the whole fleet that people asked any node for. */
  RefreshStore refreshes();

  /**
   * The hash of the administrator's password that holds for all nodes, or null.
   *
   * @throws StoreException also when it was written under another key
   */
  @Nullable String password();

  /** Keeps the hash of a password for all nodes, or none. */
  void password(@Nullable String hash);

  /** A key that all nodes come to and nobody else, another for each purpose; 32 bytes. */
  byte[] key(String purpose);

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
