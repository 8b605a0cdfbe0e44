package dev.pharos.definition;

import dev.pharos.fleet.Target;
import java.util.List;

/** What one entry of a client's file came to. Names are unique within one file. */
public sealed interface Definition {
  String name();

  /** Everything is known: it can be looked at. */
  record Ready(Target target) implements Definition {
    @Override
    public String name() {
      return target.name();
    }
  }

  /**
   * Some variables have no value; nothing is to be sent until they have.
   *
   * @param missing names of environment variables to set, and words for what no variable can give,
   *     in the order of the entry, at least one
   */
  record NeedsConfiguration(String name, List<String> missing) implements Definition {
    public NeedsConfiguration {
      missing = List.copyOf(missing);
    }
  }

  /** Switched off by its owner. */
  record Disabled(String name) implements Definition {}
}
