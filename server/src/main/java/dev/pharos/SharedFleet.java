package dev.pharos;

import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.http.FleetView;
import dev.pharos.registry.ServerStore;
import dev.pharos.watch.Watch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fleet of which this node looks at a part: what it sees itself is newer than the rows, the rest
 * is as the others wrote it. While the store cannot be read, the rest is as it was read last.
 * Thread-safe.
 */
final class SharedFleet implements FleetView {
  private final ServerStore store;
  private final Watch watch;
  private volatile List<Standing> lastRead = List.of();

  SharedFleet(ServerStore store, Watch watch) {
    this.store = store;
    this.watch = watch;
  }

  /** Reads the rest once more, for times in which it cannot be read. */
  void refresh() {
    lastRead = List.copyOf(store.all());
  }

  @Override
  public List<Standing> all() {
    List<Standing> rows = rows();
    Map<ServerId, Standing> own =
        watch.standings().stream()
            .collect(Collectors.toMap(each -> each.server().id(), Function.identity()));
    return rows.stream().map(row -> newer(row, own.get(row.server().id()))).toList();
  }

  @Override
  public Optional<Standing> byName(String name) {
    Optional<Standing> row;
    try {
      row = store.byName(name);
    } catch (RuntimeException e) {
      row = lastRead.stream().filter(each -> each.server().spec().name().equals(name)).findFirst();
      if (row.isEmpty()) {
        throw e;
      }
    }
    return row.map(each -> newer(each, watch.standing(each.server().id()).orElse(null)));
  }

  private List<Standing> rows() {
    try {
      lastRead = List.copyOf(store.all());
    } catch (RuntimeException e) {
      if (lastRead.isEmpty()) {
        throw e;
      }
    }
    return lastRead;
  }

  /** An edit made elsewhere may be in the row a moment before this node hears of it. */
  private static Standing newer(Standing row, @Nullable Standing own) {
    if (own == null) {
      return row;
    }
    Server server = row.server().version() > own.server().version() ? row.server() : own.server();
    return new Standing(server, own.memory(), own.seen());
  }
}
