package dev.pharos;

import dev.pharos.cluster.RefreshStore;
import dev.pharos.cluster.RefreshStore.Begun;
import dev.pharos.cluster.RefreshStore.State;
import dev.pharos.cluster.RefreshStore.Told;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Unavailable;
import dev.pharos.http.FleetView;
import dev.pharos.http.Looks;
import dev.pharos.watch.Pulse;
import dev.pharos.watch.Refresh;
import dev.pharos.watch.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the whole fleet. The node that was asked has all servers looked at, whoever looks at
 * them, and tells the others how far it is; any node may be asked for that, and to stop it.
 * Thread-safe.
 */
final class Refreshes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Refreshes.class);
  private static final Duration BEAT = Duration.ofMillis(500);
  private static final int KEPT = 20;

  /**
   * One that this node makes.
   *
   * @param shared whether others can know of it
   * @param told whether they know its end
   */
  private record Own(Refresh refresh, Instant startedAt, boolean shared, boolean told) {
    boolean open() {
      return !refresh.progress().finished() && !refresh.progress().cancelled();
    }
  }

  private final Closing closing = new Closing();
  private final Watch watch;
  private final FleetView fleet;
  private final Checks checks;
  private final RefreshStore store;
  private final String node;
  private final InstantSource clock;

  /** The newest of this node, by id; guarded by itself. */
  private final Map<String, Own> own =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Own> eldest) {
          return size() > KEPT;
        }
      };

  private int alone;

  Refreshes(
      Watch watch,
      FleetView fleet,
      Checks checks,
      RefreshStore store,
      String node,
      InstantSource clock) {
    this.watch = watch;
    this.fleet = fleet;
    this.checks = checks;
    this.store = store;
    this.node = node;
    this.clock = clock;
  }

  void start(Pulse pulse) {
    closing.own(pulse.every("refreshes", BEAT, this::tell));
  }

  /** Begins one, or gives the one that runs. */
  Looks.Refresh begin() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<ServerId> active =
        fleet.all().stream()
            .filter(standing -> standing.memory().active())
            .map(standing -> standing.server().id())
            .toList();
    Begun begun;
    try {
      begun = store.begin(node, active.size(), now);
    } catch (Unavailable e) {
      return here(active, now);
    }
    String id = Long.toString(begun.told().id());
    return begun.fresh()
        ? begin(id, active, now, true)
        : find(id).orElseGet(() -> view(begun.told()));
  }

  /** While the others cannot be told, a person is not to be kept from looking. */
  private Looks.Refresh here(List<ServerId> active, Instant now) {
    String id;
    synchronized (own) {
      for (Map.Entry<String, Own> each : own.entrySet()) {
        if (each.getValue().open()) {
          return view(each.getKey(), each.getValue());
        }
      }
      id = "here-" + ++alone;
    }
    return begin(id, active, now, false);
  }

  private Looks.Refresh begin(String id, List<ServerId> active, Instant now, boolean shared) {
    Own made = new Own(watch.refresh(active, checks::now), now, shared, false);
    synchronized (own) {
      own.put(id, made);
    }
    return view(id, made);
  }

  Optional<Looks.Refresh> find(String id) {
    Own made = own(id);
    return made == null ? elsewhere(id).map(Refreshes::view) : Optional.of(view(id, made));
  }

  Optional<Looks.Refresh> stop(String id) {
    Own made = own(id);
    if (made == null) {
      elsewhere(id).map(Told::id).ifPresent(store::stop);
    } else {
      made.refresh().cancel();
      if (made.shared()) {
        stopping(Long.parseLong(id));
      }
    }
    return find(id);
  }

  /** So that who asks for the next one is not given this. */
  private void stopping(long id) {
    try {
      store.stop(id);
    } catch (Unavailable e) {
      LOG.atDebug().setCause(e).log("The others are told later that a refresh is stopped");
    }
  }

  private @Nullable Own own(String id) {
    synchronized (own) {
      return own.get(id);
    }
  }

  private Optional<Told> elsewhere(String id) {
    return id.matches("[1-9]\\d{0,17}") ? store.find(Long.parseLong(id)) : Optional.empty();
  }

  /**
   * Tells the others how far each is, until they know its end, and hears what they want stopped.
   */
  private void tell() {
    Map<String, Own> untold;
    synchronized (own) {
      untold = new LinkedHashMap<>(own);
    }
    untold.values().removeIf(each -> !each.shared() || each.told());
    untold.forEach(this::tell);
  }

  private void tell(String id, Own made) {
    Refresh.Progress progress = made.refresh().progress();
    try {
      if (store.tell(Long.parseLong(id), progress.done(), state(progress))) {
        made.refresh().cancel();
      }
      if (progress.finished()) {
        synchronized (own) {
          own.replace(id, made, new Own(made.refresh(), made.startedAt(), true, true));
        }
      }
    } catch (Unavailable e) {
      LOG.atDebug().setCause(e).log("The others are told later how far a refresh is");
    }
  }

  private static State state(Refresh.Progress progress) {
    State over = progress.cancelled() ? State.STOPPED : State.DONE;
    return progress.finished() ? over : State.RUNNING;
  }

  private static Looks.Refresh view(String id, Own made) {
    Refresh.Progress progress = made.refresh().progress();
    String state = wire(state(progress));
    return new Looks.Refresh(id, progress.total(), progress.done(), state, made.startedAt());
  }

  private static Looks.Refresh view(Told told) {
    return new Looks.Refresh(
        Long.toString(told.id()), told.total(), told.done(), wire(told.state()), told.startedAt());
  }

  private static String wire(State state) {
    return switch (state) {
      case RUNNING -> "running";
      case DONE -> "done";
      case STOPPED -> "stopped";
    };
  }

  @Override
  public void close() {
    closing.close();
  }
}
