package dev.pharos.fleet;

import org.jspecify.annotations.Nullable;

/**
 * One tool, prompt, resource or resource template.
 *
 * @param key the name of a tool or prompt, the URI of a resource, the URI template of a template
 * @param json the item as it came
 */
public record Item(String key, @Nullable String title, @Nullable String description, String json) {}
