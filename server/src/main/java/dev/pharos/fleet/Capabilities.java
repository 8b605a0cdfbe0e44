package dev.pharos.fleet;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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

  /** These lists, and where one of them is absent that of others. */
  public Capabilities over(Capabilities others) {
    return new Capabilities(
        tools == null ? others.tools : tools,
        prompts == null ? others.prompts : prompts,
        resources == null ? others.resources : resources,
        resourceTemplates == null ? others.resourceTemplates : resourceTemplates);
  }

  /** The length of all items' JSON together. */
  public long chars() {
    return Stream.of(tools, prompts, resources, resourceTemplates)
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .mapToLong(item -> item.json().length())
        .sum();
  }
}
