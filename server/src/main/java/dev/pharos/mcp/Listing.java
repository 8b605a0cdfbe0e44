package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list as it was read.
 *
 * @param items null when it is the same as the remembered one, or absent
 * @param memory remember it, and give it to the next request of the same list; null when it cannot
 *     be recognised again
 * @param incomplete why the list could not be read to its end; the items before that are there
 */
public record Listing(
    @Nullable List<ListedItem> items,
    @Nullable ListMemory memory,
    @Nullable FailureException incomplete) {
  /**
   * The server does not know the list, though it could: templates are advertised with resources.
   */
  static final Listing ABSENT = new Listing(null, null, null);

  /** Whether it is the same as the remembered one. */
  public boolean unchanged() {
    return items == null && memory != null;
  }
}
