package dev.pharos.watch;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Item;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Server;
import dev.pharos.probe.Depth;
import dev.pharos.probe.WatchListener;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Servers that exist in memory only, and a record of every look at them. Not thread-safe. */
final class SimulatedEye implements Eye {
  private final InstantSource clock;
  private final Map<Long, Simulated> servers = new HashMap<>();

  SimulatedEye(InstantSource clock) {
    this.clock = clock;
  }

  /** One look as it was made. */
  record Made(Instant at, String how) {}

  @Override
  public Sight open(Server server) {
    Simulated simulated = of(server.id().value());
    simulated.opened++;
    return new SimulatedSight(simulated);
  }

  Simulated of(long id) {
    return servers.computeIfAbsent(id, _ -> new Simulated());
  }

  /** One simulated server. */
  static final class Simulated {
    final List<Made> looks = new ArrayList<>();
    @Nullable Failure down;
    boolean watchable;
    @Nullable WatchListener listener;
    @Nullable WatchListener idle;
    int opened;
    int closed;
    Facts facts = Facts.NONE;
    String tools = "{\"name\":\"one\"}";
    Runnable whileLooking = () -> {};

    List<Instant> times() {
      return looks.stream().map(Made::at).toList();
    }

    void fail(FailureKind kind) {
      Stage stage = kind.stage();
      down = new Failure(stage == null ? Stage.LIST : stage, kind, "simulated");
    }

    void changeList() {
      WatchListener told = listener;
      if (told != null) {
        told.listChanged("tools");
      }
    }

    /** As if the idle connection ended; returns whether anybody heard. */
    boolean endIdle() {
      WatchListener told = idle;
      if (told != null) {
        told.idleEnded("simulated");
      }
      return told != null;
    }

    /** As if the held stream ended. */
    void endStream() {
      WatchListener told = listener;
      listener = null;
      if (told != null) {
        told.ended("simulated");
      }
    }
  }

  static Observation seen(Instant at, Facts facts, @Nullable Capabilities capabilities) {
    return new Observation(
        at,
        1_000,
        List.of(),
        facts,
        new Counts(1, -1, -1, -1),
        capabilities,
        capabilities != null,
        100,
        List.of(),
        null);
  }

  private final class SimulatedSight implements Sight {
    private final Simulated server;

    SimulatedSight(Simulated server) {
      this.server = server;
    }

    @Override
    public Outcome look(Depth depth) {
      return made(depth, depth.name());
    }

    @Override
    public Outcome renew(Depth depth) {
      server.listener = null;
      return made(depth, "RENEW");
    }

    private Outcome made(Depth depth, String how) {
      Instant at = clock.instant();
      server.looks.add(new Made(at, how));
      server.whileLooking.run();
      Failure down = server.down;
      if (down != null) {
        server.listener = null;
        return new Outcome.Failed(seen(at, server.facts, null), down);
      }
      return new Outcome.Passed(
          seen(
              at,
              server.facts,
              depth == Depth.ALL
                  ? new Capabilities(
                      List.of(new Item("one", null, null, server.tools)), null, null, null)
                  : null));
    }

    @Override
    public List<StageTime> progress() {
      return List.of();
    }

    @Override
    public boolean watch(WatchListener listener) {
      if (server.watchable) {
        server.listener = listener;
        server.idle = null;
      } else {
        server.idle = listener;
      }
      return server.watchable;
    }

    @Override
    public void heed(WatchListener listener) {
      server.idle = listener;
    }

    @Override
    public boolean watched() {
      return server.listener != null;
    }

    @Override
    public void close() {
      server.closed++;
      server.listener = null;
      server.idle = null;
    }
  }
}
