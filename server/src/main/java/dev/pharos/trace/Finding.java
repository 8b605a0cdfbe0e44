package dev.pharos.trace;

/**
 * Something that is no failure but deserves a line.
 *
 * @param message one line without secrets and without control characters
 */
public record Finding(FindingKind kind, String message) {}
