package dev.pharos.settings;

import org.jspecify.annotations.Nullable;

/**
 * How the monitor tells that its own network is down.
 *
 * @param enabled whether it tries to
 * @param sentinel {@code host:port} that is reachable as long as the network is up; null judges by
 *     the fleet
 */
public record Blindness(boolean enabled, @Nullable String sentinel) {}
