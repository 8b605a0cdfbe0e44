package dev.pharos.fleet;

/**
 * How many of each a server offers; -1 where it does not offer the list or the list is not known.
 */
public record Counts(int tools, int prompts, int resources, int resourceTemplates) {
  public static final Counts UNKNOWN = new Counts(-1, -1, -1, -1);
}
