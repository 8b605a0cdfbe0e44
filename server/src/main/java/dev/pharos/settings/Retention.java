package dev.pharos.settings;

import java.time.Duration;

/**
 * How long what was is kept. Spans and daily roll-ups are kept for ever.
 *
 * @param logs of looks
 * @param fiveMinutes roll-ups of five minutes
 * @param hours roll-ups of an hour
 * @param events of the journal
 * @param capabilityChanges of what servers offer
 */
public record Retention(
    Duration logs,
    Duration fiveMinutes,
    Duration hours,
    Duration events,
    Duration capabilityChanges) {}
