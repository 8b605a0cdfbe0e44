package dev.pharos.capability;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.StoredEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where snapshots and their changes are kept. Thread-safe. */
public interface CapabilityStore {
  /** The newest snapshot of a server. */
  Optional<Snapshot> newest(ServerId server);

  /**
   * Stores a new newest snapshot with what changed, and the event, in one transaction.
   *
   * @param event null for the first snapshot, which is no change
   */
  Optional<StoredEvent> save(
      ServerId server,
      Snapshot snapshot,
      List<CapabilityChange> changes,
      @Nullable FleetEvent event);

  /**
   * The changes of a server, newest first, before {@code cursor} ({@code Long.MAX_VALUE} for the
   * newest).
   */
  List<NumberedChange> changes(ServerId server, long cursor, int limit);

  /** A change with the number that pages. */
  record NumberedChange(long id, CapabilityChange change) {}
}
