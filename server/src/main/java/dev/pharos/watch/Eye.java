package dev.pharos.watch;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Server;
import dev.pharos.probe.Depth;
import dev.pharos.probe.Prober;
import dev.pharos.probe.WatchListener;
import dev.pharos.trace.StageTime;
import java.util.List;

/** Looks at servers: the real world, or a simulated one. Thread-safe. */
@FunctionalInterface
public interface Eye {
  /** Something to look at one server with, again and again. Opens nothing yet. */
  Sight open(Server server);

  /** One server, kept in sight. Thread-safe; one look at a time. */
  interface Sight extends AutoCloseable {
    /** Looks; never throws for anything a server does. Blocks for at most the server's time-out. */
    Outcome look(Depth depth);

    /** Looks with a fresh handshake. */
    Outcome renew(Depth depth);

    /** The stages so far of the look that runs now, the running one last; empty when none runs. */
    List<StageTime> progress();

    /**
     * Holds a stream or process, so that its end is heard; returns whether it could. If not, ends
     * of the idle connection are heard, as with {@link #heed}.
     */
    boolean watch(WatchListener listener);

    /** Hears of ends of the connection that is kept between looks, as long as nothing is held. */
    void heed(WatchListener listener);

    /** Whether a stream or process is held now. */
    boolean watched();

    /** Ends the session, the streams and the process; a look that is running is stopped. */
    @Override
    void close();
  }

  /** Looks over the network and at child processes. The prober stays its owner's. */
  static Eye through(Prober prober) {
    return server -> new ProbeSight(prober.keep(server.spec().target()));
  }
}
