package dev.pharos.capability;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Item;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lists of a server. */
enum ListName {
  TOOLS,
  PROMPTS,
  RESOURCES,
  RESOURCE_TEMPLATES;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The public name. */
  String wire() {
    return wire;
  }

  /** The list; empty when the server does not offer it. */
  List<Item> orEmpty(Capabilities capabilities) {
    @Nullable List<Item> items =
        switch (this) {
          case TOOLS -> capabilities.tools();
          case PROMPTS -> capabilities.prompts();
          case RESOURCES -> capabilities.resources();
          case RESOURCE_TEMPLATES -> capabilities.resourceTemplates();
        };
    return items == null ? List.of() : items;
  }
}
