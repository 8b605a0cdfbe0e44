package dev.pharos.fleet;

/** A registered server with its health and what was last seen of it. */
public record Standing(Server server, HealthMemory memory, LastSeen seen) {}
