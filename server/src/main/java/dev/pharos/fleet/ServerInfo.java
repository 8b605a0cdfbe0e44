package dev.pharos.fleet;

import org.jspecify.annotations.Nullable;

/** What a server says of itself: shown, never believed. */
public record ServerInfo(String name, @Nullable String title, @Nullable String version) {}
