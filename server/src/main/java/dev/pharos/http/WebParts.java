package dev.pharos.http;

import dev.pharos.access.Access;
import dev.pharos.capability.CapabilityStore;
import dev.pharos.event.EventJournal;
import dev.pharos.history.HistoryStore;
import dev.pharos.push.Push;
import dev.pharos.registry.Registry;
import dev.pharos.settings.RuntimeSettings;
import dev.pharos.trace.Ticker;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * All that the routes stand on.
 *
 * @param metrics the text form of Prometheus
 */
public record WebParts(
    FleetView fleet,
    Registry registry,
    Looks looks,
    CapabilityReader capabilities,
    CapabilityStore capabilityStore,
    HistoryStore history,
    EventJournal journal,
    RuntimeSettings settings,
    MonitorView monitor,
    Access access,
    Push live,
    Supplier<String> metrics,
    RequestLog requests,
    InstantSource clock,
    Ticker ticker) {}
