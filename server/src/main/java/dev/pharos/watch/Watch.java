package dev.pharos.watch;

import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.health.Happening;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.StageTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches a fleet: looks at each server when it is due, folds what was seen into its health, and
 * has it written and told. Everything that others change about servers is told to it, and obeyed at
 * once. Thread-safe.
 */
public final class Watch implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration FLUSH = Duration.ofMillis(60);
  private static final Duration LISTEN = Duration.ofMillis(250);
  private static final Duration GUARD = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final Duration LAST_LOOKS = Duration.ofSeconds(2);
  private static final Duration LAST_STORED = Duration.ofSeconds(2);
  private static final int KEPT_REFRESHES = 16;

  private final WatchPorts ports;
  private final Times times;
  private final Roster roster = new Roster();
  private final Tally tally = new Tally();
  private final Lateness lateness = new Lateness();
  private final DueQueue queue;
  private final Backlog backlog;
  private final Scribe scribe;
  private final Knocks knocks;
  private final Chronicle chronicle;
  private final Announcer announcer;
  private final Librarian librarian;
  private final Horizon horizon;
  private final Holds holds;
  private final Looking looking;
  private final Orders orders;
  private final Watchdog watchdog;
  private final List<Pulse.Beat> beats = new ArrayList<>();

  /** The newest refreshes; guarded by itself. */
  private final Map<Long, Refresh> refreshes = new LinkedHashMap<>();

  private long refreshCount;

  public Watch(WatchPorts ports, WatchSettings settings) {
    this.ports = ports;
    times = new Times(ports.clock(), ports.ticker());
    queue = new DueQueue(settings);
    backlog = new Backlog(settings.maxBacklog());
    announcer = new Announcer(times, ports.pulse(), ports.checks(), ports.bus());
    scribe = new Scribe(times, ports.pulse(), ports.checks(), ports.bus(), announcer, backlog);
    knocks = new Knocks(times, ports.pulse(), ports.knocker(), queue, settings);
    chronicle = new Chronicle(times, roster, backlog, scribe, knocks, settings);
    Weather weather = new Weather(roster, queue, chronicle, knocks, announcer);
    horizon = new Horizon(times, ports.knocker(), queue, settings, weather);
    holds = new Holds(times, queue, tally, settings);
    librarian = new Librarian(ports.pulse(), ports.bus(), ports.catalogue());
    looking =
        new Looking(
            ports, times, queue, roster, horizon, chronicle, librarian, holds, tally, lateness,
            settings);
    orders = new Orders(ports, times, queue, roster, chronicle, looking);
    watchdog = new Watchdog(times, queue, announcer);
  }

  /** Begins to watch servers as they were left; called once. */
  public void start(List<Standing> standings) {
    for (Standing standing : standings) {
      resume(standing, standings.size());
    }
    Pulse pulse = ports.pulse();
    beats.add(pulse.every("looks", TICK, looking::beat));
    beats.add(pulse.every("writes", FLUSH, scribe::drain));
    beats.add(pulse.every("overdue", LISTEN, this::tellOverdue));
    beats.add(pulse.every("knocks", LISTEN, knocks::beat));
    beats.add(pulse.every("horizon", LISTEN, horizon::beat));
    beats.add(pulse.every("watchdog", GUARD, watchdog::beat));
  }

  private void tellOverdue() {
    announcer.tellOverdue();
    scribe.tellOverdue();
  }

  /**
   * Watches more servers from now on, as they were left by whoever watched them before. Those that
   * were never looked at are looked at at once, the others spread over their interval.
   */
  public void take(List<Standing> standings) {
    for (Standing standing : standings) {
      if (standing.seen().lastCheckAt() == null) {
        added(standing);
      } else {
        resume(standing, standings.size());
      }
    }
  }

  /**
   * Watches servers no more, and writes what was seen of them.
   *
   * @return false when that cannot be written now: then they are watched on
   */
  public boolean handOver(Collection<ServerId> servers) {
    scribe.drain();
    if (scribe.failing()) {
      return false;
    }
    servers.forEach(this::letGo);
    scribe.drain();
    return !scribe.failing();
  }

  /** Watches servers no more, since another does: nothing more of them is written. */
  public void lose(Collection<ServerId> servers) {
    servers.forEach(id -> {
      letGo(id);
      backlog.forget(id);
    });
  }

  private void letGo(ServerId id) {
    orders.remove(id);
    knocks.forget(id);
    horizon.forget(id);
    ports.catalogue().letGo(id);
  }

  private void resume(Standing standing, int herd) {
    Post post = roster.add(standing);
    if (post == null) {
      return;
    }
    queue.add(post.id, post.place);
    synchronized (post) {
      post.remember(standing.memory());
      if (post.memory.blind() && !horizon.blind()) {
        chronicle.happened(post, new Happening.Sighted(), Cause.RECOVERY.wire(), herd);
      } else if (horizon.blind() && post.place.remote() && !post.memory.blind()) {
        chronicle.happened(post, new Happening.Blinded(), "blind");
      }
      if (post.memory.active() || post.seen.nextCheckAt() != null) {
        post.interval = lastInterval(post.seen, usualInterval(post));
        post.nextDue = Spread.first(post.id, times.now(), post.interval, herd);
        queue.due(post.id, post.nextDue, post.interval);
        knocks.set(post.id, post.place, refused(post.memory));
      }
    }
  }

  private long usualInterval(Post post) {
    return post.settings(chronicle.settings()).interval().toNanos();
  }

  /** How far apart the last look and the next one were planned. */
  private static long lastInterval(LastSeen seen, long usual) {
    Instant last = seen.lastCheckAt();
    Instant next = seen.nextCheckAt();
    return last == null || next == null || !next.isAfter(last)
        ? usual
        : Duration.between(last, next).toNanos();
  }

  private static boolean refused(HealthMemory memory) {
    return memory.active()
        && memory.reason() != null
        && memory.reason().kind() == FailureKind.REFUSED;
  }

  /** A server was registered: the first look at it is made at once. */
  public void added(Standing standing) {
    Post post = roster.add(standing);
    if (post != null) {
      queue.add(post.id, post.place);
      synchronized (post) {
        post.remember(standing.memory());
        if (post.memory.active()) {
          post.nextDue = times.now();
          queue.ask(post.id, post.nextDue, Cause.CREATED);
        }
      }
    }
  }

  /**
   * A definition was edited; what was seen of the server stays as the watch knows it. Where the
   * edit touches how the server is spoken to, or when, the next look is made at once.
   *
   * @return the server as it stands now; empty when it is not known
   */
  public Optional<Standing> changed(Standing edited) {
    ServerId id = edited.server().id();
    standing(id)
        .map(before -> before.server().spec().name())
        .filter(name -> !name.equals(edited.server().spec().name()))
        .ifPresent(name -> ports.catalogue().forget(id, name));
    return orders.changed(edited.server());
  }

  /** A server was removed: its session is ended, and nothing more is written of it. */
  public void removed(ServerId id) {
    Optional<Standing> last = standing(id);
    orders.remove(id);
    backlog.forget(id);
    knocks.forget(id);
    horizon.forget(id);
    last.ifPresent(gone -> ports.catalogue().forget(id, gone.server().spec().name()));
  }

  /** A person enables a server; returns how it stands then, or empty when it is not known. */
  public Optional<Standing> enable(String name) {
    return orders.apply(name, new Happening.Enabled(), Cause.ENABLED, Cause.ENABLED.wire());
  }

  /** A person disables a server: its session is ended, and no look is due any more. */
  public Optional<Standing> disable(String name) {
    return orders.apply(name, new Happening.Disabled(), Cause.SCHEDULED, "disabled");
  }

  /** A person begins or ends a server's maintenance. */
  public Optional<Standing> maintenance(String name, boolean on) {
    Happening happening = on ? new Happening.MaintenanceBegan() : new Happening.MaintenanceEnded();
    return orders.apply(name, happening, Cause.RELOAD, "maintenance");
  }

  /** A person closes a server's circuit; it is looked at at once. */
  public Optional<Standing> resetCircuit(String name) {
    return orders.apply(name, new Happening.CircuitReset(), Cause.RELOAD, "circuit_reset");
  }

  /**
   * Looks at a server now, also at one that is disabled; a look that runs already is not enough.
   * The result is there when it is written; it is cancelled when the server is removed or disabled
   * meanwhile. Empty when the server is not known.
   */
  public Optional<CompletableFuture<CheckResult>> checkNow(String name) {
    return Optional.ofNullable(orders.check(roster.get(name)));
  }

  /** The same, by its number. */
  public Optional<CompletableFuture<CheckResult>> checkNow(ServerId id) {
    return Optional.ofNullable(orders.check(roster.get(id)));
  }

  /**
   * How far the look is that runs at a server now: its stages so far. Empty when none runs, or the
   * server is not known.
   */
  public List<StageTime> progress(String name) {
    Post post = roster.get(name);
    if (post == null) {
      return List.of();
    }
    Eye.Sight sight;
    synchronized (post) {
      sight = post.sight;
    }
    return sight == null ? List.of() : sight.progress();
  }

  /** Looks at every active server, a few at a time. */
  public Refresh refreshAll() {
    List<ServerId> servers =
        standings().stream()
            .filter(standing -> standing.memory().active())
            .map(standing -> standing.server().id())
            .toList();
    return refresh(servers, id -> orders.check(roster.get(id)));
  }

  /**
   * Has servers looked at, a few at a time.
   *
   * @param check asks for a look at one; null when it is not there any more
   */
  public Refresh refresh(
      List<ServerId> servers, Function<ServerId, ? extends @Nullable CompletableFuture<?>> check) {
    Refresh refresh;
    synchronized (refreshes) {
      refresh = new Refresh(++refreshCount, servers, check);
      refreshes.put(refreshCount, refresh);
      refreshes.keySet().removeIf(old -> old <= refreshCount - KEPT_REFRESHES);
    }
    refresh.feed();
    return refresh;
  }

  /** One of the newest refreshes. */
  public Optional<Refresh> refresh(long id) {
    synchronized (refreshes) {
      return Optional.ofNullable(refreshes.get(id));
    }
  }

  /**
   * Tells the world of a state of the monitor that others found out. Does not wait for the store:
   * what that does not take in two seconds is told all the same.
   */
  public void announce(String state, String message) {
    announcer.say(state, message);
  }

  /** Every server as it stands, newer than any row. */
  public List<Standing> standings() {
    return roster.standings();
  }

  public Optional<Standing> standing(String name) {
    return Optional.ofNullable(roster.get(name)).map(Roster::standing);
  }

  public Optional<Standing> standing(ServerId id) {
    return Optional.ofNullable(roster.get(id)).map(Roster::standing);
  }

  /**
   * Obeys other settings from now on; servers whose next look is further off than they allow are
   * looked at sooner.
   */
  public void settings(WatchSettings settings) {
    queue.bound(settings);
    backlog.bound(settings.maxBacklog());
    knocks.obey(settings);
    chronicle.obey(settings);
    horizon.obey(settings);
    holds.obey(settings);
    looking.obey(settings);
    orders.hasten(settings);
  }

  public WatchStats stats() {
    return new WatchStats(
        roster.all().size(),
        queue.running(),
        queue.waiting(),
        holds.count(),
        knocks.count(),
        tally.passed.sum(),
        tally.impaired.sum(),
        tally.inconclusive.sum(),
        tally.failed(),
        tally.sightsOpened.sum(),
        tally.sightsClosed.sum(),
        tally.endsHeard.sum(),
        backlog.size(),
        backlog.dropped(),
        librarian.size(),
        lateness.read(),
        watchdog.late(),
        horizon.blind(),
        scribe.failing());
  }

  /** Stops looking, ends all sessions side by side within some seconds, and writes what is left. */
  @Override
  public void close() {
    beats.forEach(Pulse.Beat::close);
    Endings endings = new Endings(ports.pulse());
    endings.run(List.of(librarian::finish, announcer::finish), LAST_STORED);
    librarian.close();
    List<Runnable> lettingGo = new ArrayList<>();
    for (Post post : roster.all()) {
      Runnable ending = orders.ending(post);
      if (ending != null) {
        lettingGo.add(ending);
      }
    }
    // Whoever has not ended by then is ended by the prober's own close.
    endings.run(lettingGo, CLOSING);
    // What a look that has just ended put down is written before the stores are closed.
    Endings.await(queue.idle(), LAST_LOOKS);
    scribe.drain();
  }
}
