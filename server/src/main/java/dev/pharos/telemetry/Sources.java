package dev.pharos.telemetry;

import dev.pharos.fleet.SpanState;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the figures come from that are asked for when they are scraped. All must be cheap and
 * thread-safe; totals never fall.
 *
 * @param fleet how many servers there are in each state; states without one may be absent
 * @param latenessSeconds the 99th percentile of how much later than due looks begin, of late
 * @param sessionsOpened total of MCP sessions
 * @param sessionsEnded total of those that were ended
 * @param conversations kept with servers now, with or without a session
 * @param watches connections and processes held now
 * @param childrenStarted total of processes
 * @param childrenReaped total of those that are gone
 * @param queues the depth of each queue by its name ({@code due}, {@code in_flight}, {@code store},
 *     …)
 * @param webSockets clients now
 * @param streams clients of server-sent events now
 * @param pushSent total of events handed to clients
 * @param pushCoalesced total of events replaced by newer ones before they were sent
 * @param pushDropped total of clients sent away because they did not keep up
 * @param storeBytes size of the database
 */
public record Sources(
    Supplier<Map<SpanState, Integer>> fleet,
    DoubleSupplier latenessSeconds,
    LongSupplier sessionsOpened,
    LongSupplier sessionsEnded,
    LongSupplier conversations,
    LongSupplier watches,
    LongSupplier childrenStarted,
    LongSupplier childrenReaped,
    Map<String, LongSupplier> queues,
    LongSupplier webSockets,
    LongSupplier streams,
    LongSupplier pushSent,
    LongSupplier pushCoalesced,
    LongSupplier pushDropped,
    LongSupplier storeBytes) {
  public Sources {
    queues = Map.copyOf(queues);
  }
}
