package dev.pharos.store;

/**
 * A stretch of one server's log.
 *
 * @param from inclusive, in microseconds
 * @param to exclusive, in microseconds
 */
record LogRange(long server, long from, long to) {}
