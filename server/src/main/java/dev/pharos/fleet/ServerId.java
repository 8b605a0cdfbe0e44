package dev.pharos.fleet;

/** The number under which a server is registered; it never changes and is never given twice. */
public record ServerId(long value) {}
