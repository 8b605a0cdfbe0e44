package dev.pharos.watch;

import dev.pharos.capability.CapabilityChange;
import dev.pharos.capability.CapabilityStore;
import dev.pharos.capability.Snapshot;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps in memory what is written, or refuses it. Thread-safe: guarded by itself. */
final class RecordingStore implements CheckStore, CapabilityStore {
  final List<List<CheckRecord>> batches = new ArrayList<>();
  final List<StoredEvent> events = new ArrayList<>();
  private final Map<ServerId, Snapshot> snapshots = new HashMap<>();
  private boolean full;

  synchronized void full(boolean now) {
    full = now;
  }

  synchronized List<CheckRecord> records() {
    return batches.stream().flatMap(List::stream).toList();
  }

  synchronized List<CheckRecord> recordsOf(long id) {
    return records().stream().filter(each -> each.server().value() == id).toList();
  }

  synchronized List<FleetEvent> stored() {
    return events.stream().map(StoredEvent::event).toList();
  }

  @Override
  public List<Standing> standings() {
    return List.of();
  }

  @Override
  public synchronized List<StoredEvent> write(List<CheckRecord> records) {
    refuseWhenFull();
    batches.add(records);
    return records.stream().flatMap(each -> each.events().stream()).map(this::store).toList();
  }

  @Override
  public synchronized StoredEvent note(FleetEvent event) {
    refuseWhenFull();
    return store(event);
  }

  @Override
  public synchronized Optional<Snapshot> newest(ServerId server) {
    return Optional.ofNullable(snapshots.get(server));
  }

  @Override
  public synchronized Optional<StoredEvent> save(
      ServerId server,
      Snapshot snapshot,
      List<CapabilityChange> changes,
      @Nullable FleetEvent event) {
    refuseWhenFull();
    snapshots.put(server, snapshot);
    return Optional.ofNullable(event).map(this::store);
  }

  @Override
  public List<NumberedChange> changes(ServerId server, long cursor, int limit) {
    return List.of();
  }

  private StoredEvent store(FleetEvent event) {
    StoredEvent stored = new StoredEvent(events.size() + 1, event);
    events.add(stored);
    return stored;
  }

  private void refuseWhenFull() {
    if (full) {
      throw new IllegalStateException("database or disk is full");
    }
  }
}
