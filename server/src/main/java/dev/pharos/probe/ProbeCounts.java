package dev.pharos.probe;

/**
 * What looks have opened and ended since the start. While no look runs, what was opened is ended or
 * held.
 *
 * @param sessionsOpened sessions that servers had to remember: none in the stateless era, and none
 *     of a server that gives no session id
 * @param sessionsEnded of these, ended or given up by us, or gone with their process
 * @param childrenStarted processes
 * @param childrenReaped of these, those that are gone
 * @param open conversations of any kind that are held now
 */
public record ProbeCounts(
    long sessionsOpened, long sessionsEnded, long childrenStarted, long childrenReaped, int open) {}
