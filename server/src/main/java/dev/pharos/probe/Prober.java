package dev.pharos.probe;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.time.InstantSource;

/** Looks at servers. Thread-safe; a look blocks its thread, which is best a virtual one. */
public final class Prober implements AutoCloseable {
  private final ProbeSettings settings;
  private final InstantSource clock;
  private final Ticker ticker;

  public Prober(ProbeSettings settings, InstantSource clock, Ticker ticker) {
    this.settings = settings;
    this.clock = clock;
    this.ticker = ticker;
  }

  /**
   * One whole look at {@link Depth#ALL}; leaves nothing behind: the session is ended, the process
   * reaped. Never throws for anything a server does.
   */
  public Outcome look(Target target, WireTap tap) {
    throw new UnsupportedOperationException("" + settings + clock + ticker + target + tap);
  }

  /** A session that is to be looked at again and again. Opens nothing yet. */
  public KeptSession keep(Target target) {
    throw new UnsupportedOperationException("" + target);
  }

  @Override
  public void close() {}
}
