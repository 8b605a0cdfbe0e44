package dev.pharos.watch;

import dev.pharos.capability.Catalogue;
import dev.pharos.event.EventBus;
import dev.pharos.trace.Ticker;
import java.time.InstantSource;

/**
 * What the watch needs from outside. All of it stays its owner's, and is closed after the watch.
 */
public record WatchPorts(
    Eye eye,
    Knocker knocker,
    CheckStore checks,
    Catalogue catalogue,
    EventBus bus,
    InstantSource clock,
    Ticker ticker,
    Pulse pulse) {}
