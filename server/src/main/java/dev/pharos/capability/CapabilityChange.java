package dev.pharos.capability;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One item of a server's lists that was added, removed or changed.
 *
 * @param list {@code tools}, {@code prompts}, {@code resources} or {@code resource_templates}
 * @param kind {@code added}, {@code removed} or {@code changed}
 * @param before the item's JSON before, or null when it was added
 * @param after the item's JSON after, or null when it was removed
 */
public record CapabilityChange(
    Instant at,
    String list,
    String kind,
    String key,
    @Nullable String before,
    @Nullable String after) {}
