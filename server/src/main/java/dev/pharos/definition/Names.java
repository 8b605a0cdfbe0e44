package dev.pharos.definition;

import java.util.HashSet;
import java.util.Set;

/** Keeps the names of one file apart. Not thread-safe. */
final class Names {
  private final Set<String> taken = new HashSet<>();

  /** The name itself, or with {@code origin} or a number behind it when it is taken. */
  String unique(String name, String origin) {
    if (taken.add(name)) {
      return name;
    }
    String longer = name + " (" + origin + ")";
    String candidate = longer;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = longer + " #" + i;
    }
    return candidate;
  }
}
