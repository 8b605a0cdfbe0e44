package dev.pharos.settings;

import java.time.Duration;

/**
 * How long what was is kept. Spans and daily roll-ups are kept for ever.
 *
 * @param logs one row for each look
 * @param fiveMinutes roll-ups of five minutes
 * @param hours roll-ups of an hour
 * @param events of the journal: a cursor older than that must start anew
 */
public record Retention(Duration logs, Duration fiveMinutes, Duration hours, Duration events) {}
