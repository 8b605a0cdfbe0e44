package dev.pharos.http;

import dev.pharos.capability.CapabilityStore;
import dev.pharos.event.EventJournal;
import dev.pharos.history.HistoryStore;
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
    FleetCommands commands,
    Looks looks,
    CapabilityReader capabilities,
    CapabilityStore capabilityStore,
    HistoryStore history,
    EventJournal journal,
    SettingsAccess settings,
    Transfer transfer,
    MonitorView monitor,
    Sentry sentry,
    Live live,
    Supplier<String> metrics,
    RequestLog requests,
    InstantSource clock,
    Ticker ticker) {}
