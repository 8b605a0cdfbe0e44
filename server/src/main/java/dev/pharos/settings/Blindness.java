package dev.pharos.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the monitor tells that its own network is down.
 *
 * @param window within which hosts must have been lost
 * @param sentinel {@code host:port} that is reachable as long as the network is up; null judges by
 *     the fleet
 */
public record Blindness(Duration window, @Nullable String sentinel) {}
