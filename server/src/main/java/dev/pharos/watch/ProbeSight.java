package dev.pharos.watch;

import dev.pharos.fleet.Outcome;
import dev.pharos.probe.Depth;
import dev.pharos.probe.KeptSession;
import dev.pharos.probe.WatchListener;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.WireTap;
import java.util.List;

/** A real server. */
record ProbeSight(KeptSession session) implements Eye.Sight {
  @Override
  public Outcome look(Depth depth) {
    return session.look(depth, WireTap.none());
  }

  @Override
  public Outcome renew(Depth depth) {
    return session.renew(depth, WireTap.none());
  }

  @Override
  public List<StageTime> progress() {
    return session.progress();
  }

  @Override
  public boolean watch(WatchListener listener) {
    return session.watch(listener);
  }

  @Override
  public void heed(WatchListener listener) {
    session.heed(listener);
  }

  @Override
  public boolean watched() {
    return session.watched();
  }

  @Override
  public void close() {
    session.close();
  }
}
