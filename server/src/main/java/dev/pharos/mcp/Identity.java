package dev.pharos.mcp;

import org.jspecify.annotations.Nullable;

/** What a server says of itself in its handshake or its discovery answer. */
public record Identity(
    @Nullable String name,
    @Nullable String title,
    @Nullable String version,
    @Nullable String instructions,
    String capabilitiesJson) {}
