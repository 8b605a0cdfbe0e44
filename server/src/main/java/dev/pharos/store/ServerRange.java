package dev.pharos.store;

/**
 * A stretch of one server's history.
 *
 * @param from inclusive, in microseconds
 * @param to exclusive, in microseconds
 */
record ServerRange(long server, long from, long to) {}
