package dev.pharos.settings;

/**
 * Bounds of what goes on at once.
 *
 * @param maxInFlight looks over all
 * @param maxPerHost looks at one host
 * @param maxProcesses child processes
 * @param maxHeldStreams connections that are held to see them end; 0 holds none
 */
public record Limits(int maxInFlight, int maxPerHost, int maxProcesses, int maxHeldStreams) {}
