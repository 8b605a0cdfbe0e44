package dev.pharos.benchmarks;

import dev.pharos.fleet.EraChoice;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.probe.Depth;
import dev.pharos.probe.KeptSession;
import dev.pharos.probe.ProbeSettings;
import dev.pharos.probe.Prober;
import dev.pharos.probe.WatchListener;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The product's own way to look: {@link Prober} and {@link KeptSession}, the era known. */
final class ProbeFleet implements Fleet {
  private static final WatchListener DEAF =
      new WatchListener() {
        @Override
        public void ended(String detail) {}

        @Override
        public void idleEnded(String detail) {}

        @Override
        public void listChanged(String list) {}
      };

  private final Prober prober =
      new Prober(ProbeSettings.DEFAULT, InstantSource.system(), Ticker.system());
  private final List<Target> targets;
  private final AtomicReferenceArray<KeptSession> sessions;

  ProbeFleet(List<URI> servers) {
    targets =
        servers.stream()
            .map(uri -> new Transport.Http(uri, TransportChoice.STREAMABLE_HTTP))
            .map(http -> Target.of(http.url().toString(), http).withEra(EraChoice.SESSION))
            .toList();
    sessions = new AtomicReferenceArray<>(targets.size());
  }

  @Override
  public int size() {
    return targets.size();
  }

  @Override
  public void full(int server) {
    expectPassed(prober.look(targets.get(server), WireTap.none()));
  }

  @Override
  public void open(int server) {
    KeptSession session = prober.keep(targets.get(server));
    sessions.set(server, session);
    expectPassed(session.look(Depth.TOOLS, WireTap.none()));
    session.heed(DEAF); // as the watch does with a server of which it holds nothing else
  }

  @Override
  public void kept(int server) {
    expectPassed(sessions.get(server).look(Depth.TOOLS, WireTap.none()));
  }

  @Override
  public void watch(int server) {
    if (!sessions.get(server).watch(DEAF)) {
      throw new IllegalStateException("the stream of server " + server + " cannot be held");
    }
  }

  @Override
  public void end(int server) {
    KeptSession session = sessions.getAndSet(server, null);
    if (session != null) {
      session.close();
    }
  }

  @Override
  public void close() {
    prober.close();
  }

  private static void expectPassed(Outcome outcome) {
    if (!(outcome instanceof Outcome.Passed)) {
      throw new IllegalStateException("a check did not pass: " + outcome);
    }
  }
}
