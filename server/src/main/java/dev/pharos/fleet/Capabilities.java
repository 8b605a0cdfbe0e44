package dev.pharos.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lists of a server, each in the server's order; null where the list is not offered or was not
 * read to its end.
 */
public record Capabilities(
    @Nullable List<Item> tools,
    @Nullable List<Item> prompts,
    @Nullable List<Item> resources,
    @Nullable List<Item> resourceTemplates) {
  public static final Capabilities NONE = new Capabilities(null, null, null, null);
}
