package dev.pharos.fleet;

/**
 * An event as it stands in the journal.
 *
 * @param id grows for ever: a cursor
 */
public record StoredEvent(long id, FleetEvent event) {}
