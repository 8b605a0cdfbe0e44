package dev.pharos.watch;

import dev.pharos.capability.Catalogue;
import dev.pharos.event.EventBus;
import dev.pharos.trace.Ticker;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * What the watch needs from outside. All of it stays its owner's, and is closed after the watch.
 *
 * @param mayLook whether servers may be looked at now: asked often, and must not block. While it
 *     says no, what is due waits
 */
public record WatchPorts(
    Eye eye,
    Knocker knocker,
    CheckStore checks,
    Catalogue catalogue,
    EventBus bus,
    InstantSource clock,
    Ticker ticker,
    Pulse pulse,
    BooleanSupplier mayLook) {
  /** Of a monitor that is alone: it may always look. */
  public WatchPorts(
      Eye eye,
      Knocker knocker,
      CheckStore checks,
      Catalogue catalogue,
      EventBus bus,
      InstantSource clock,
      Ticker ticker,
      Pulse pulse) {
    this(eye, knocker, checks, catalogue, bus, clock, ticker, pulse, () -> true);
  }
}
