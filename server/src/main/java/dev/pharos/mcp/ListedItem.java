package dev.pharos.mcp;

import org.jspecify.annotations.Nullable;

/**
 * One item of a list.
 *
 * @param key the name, URI or URI template
 * @param json the item as it came
 */
public record ListedItem(
    String key, @Nullable String title, @Nullable String description, String json) {}
