package dev.pharos;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.telemetry.StoreMeter;
import dev.pharos.trace.Ticker;
import dev.pharos.watch.CheckRecord;
import dev.pharos.watch.CheckStore;
import java.util.List;
import java.util.function.Supplier;

/** Times what the watch does with the database. */
record MeteredCheckStore(CheckStore store, StoreMeter meter, Ticker ticker) implements CheckStore {
  @Override
  public List<Standing> standings() {
    return timed("read_fleet", store::standings);
  }

  @Override
  public List<StoredEvent> write(List<CheckRecord> records) {
    List<StoredEvent> stored = timed("write_checks", () -> store.write(records));
    meter.wrote(records.size());
    return stored;
  }

  @Override
  public StoredEvent note(FleetEvent event) {
    return timed("write_event", () -> store.note(event));
  }

  private <T> T timed(String operation, Supplier<T> work) {
    long begun = ticker.nanos();
    try {
      return work.get();
    } finally {
      meter.took(operation, ticker.nanos() - begun);
    }
  }
}
