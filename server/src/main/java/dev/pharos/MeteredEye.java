package dev.pharos;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Server;
import dev.pharos.probe.Depth;
import dev.pharos.probe.WatchListener;
import dev.pharos.telemetry.CheckMeter;
import dev.pharos.trace.StageTime;
import dev.pharos.watch.Eye;
import java.util.List;

/** Counts and times every look. */
record MeteredEye(Eye eye, CheckMeter meter) implements Eye {
  @Override
  public Sight open(Server server) {
    return new Metered(eye.open(server), meter);
  }

  private record Metered(Sight sight, CheckMeter meter) implements Sight {
    @Override
    public Outcome look(Depth depth) {
      return counted(sight.look(depth));
    }

    @Override
    public Outcome renew(Depth depth) {
      return counted(sight.renew(depth));
    }

    private Outcome counted(Outcome outcome) {
      meter.looked(outcome);
      return outcome;
    }

    @Override
    public List<StageTime> progress() {
      return sight.progress();
    }

    @Override
    public boolean watch(WatchListener listener) {
      return sight.watch(listener);
    }

    @Override
    public void heed(WatchListener listener) {
      sight.heed(listener);
    }

    @Override
    public boolean watched() {
      return sight.watched();
    }

    @Override
    public void close() {
      sight.close();
    }
  }
}
