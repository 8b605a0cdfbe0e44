package dev.pharos.watch;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Flip;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ServerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look, or anything else that happened to a server, is to leave in the store: written in one
 * transaction, so that the row, the log, the spans, the roll-ups and the events never disagree.
 *
 * @param at when the look began, or when it happened
 * @param outcome without the lists that were read; null when no look was made
 * @param cause why the look was made, for the log: {@code scheduled}, {@code confirm}, {@code
 *     reload}, {@code created}, {@code edited}, {@code enabled}, {@code watch}, {@code knock},
 *     {@code recovery}
 * @param flip the end of the open span and the begin of the next, or null
 * @param events to be stored with it; feed-only ones are not among them
 */
public record CheckRecord(
    ServerId server,
    Instant at,
    @Nullable Outcome outcome,
    String cause,
    HealthMemory memory,
    @Nullable Flip flip,
    List<FleetEvent> events,
    @Nullable Instant nextDue) {
  public CheckRecord {
    events = List.copyOf(events);
    // Lists are stored elsewhere, and thousands of records may wait while the store takes none.
    outcome = outcome == null ? null : outcome.withoutLists();
  }
}
