package dev.pharos.cluster;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Looks at the whole fleet by the only node that there is. Thread-safe. */
final class MemoryRefreshes implements RefreshStore {
  private static final int KEPT = 20;

  private record Row(Told told, boolean stopping) {
    boolean open() {
      return told.state() == State.RUNNING && !stopping;
    }
  }

  private final Map<Long, Row> rows = new LinkedHashMap<>();
  private long newest;

  @Override
  public synchronized Begun begin(String node, int total, Instant at) {
    Optional<Row> open = rows.values().stream().filter(Row::open).findFirst();
    if (open.isPresent()) {
      return new Begun(open.get().told(), false);
    }
    Told told = new Told(++newest, node, total, 0, State.RUNNING, at);
    rows.put(newest, new Row(told, false));
    rows.keySet().removeIf(id -> id <= newest - KEPT);
    return new Begun(told, true);
  }

  @Override
  public synchronized boolean tell(long id, int done, State state) {
    Row row =
        rows.computeIfPresent(
            id,
            (_, old) -> {
              Told told = old.told();
              Told now = new Told(id, told.node(), told.total(), done, state, told.startedAt());
              return new Row(now, old.stopping());
            });
    return row != null && row.stopping();
  }

  @Override
  public synchronized Optional<Told> find(long id) {
    return Optional.ofNullable(rows.get(id)).map(Row::told);
  }

  @Override
  public synchronized void stop(long id) {
    rows.computeIfPresent(id, (_, row) -> new Row(row.told(), true));
  }
}
