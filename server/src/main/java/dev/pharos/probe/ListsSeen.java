package dev.pharos.probe;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Item;
import dev.pharos.mcp.Conversation;
import dev.pharos.mcp.ListKind;
import dev.pharos.mcp.ListMemory;
import dev.pharos.mcp.ListedItem;
import dev.pharos.mcp.Listing;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lists of a session's server: not their items, only enough to count them and to see that they
 * changed.
 */
final class ListsSeen {
  /** Faults of a list that say that the server itself is gone. */
  private static final Set<FailureKind> GONE =
      EnumSet.of(
          FailureKind.REFUSED,
          FailureKind.UNREACHABLE,
          FailureKind.CONNECT_TIMEOUT,
          FailureKind.RESET,
          FailureKind.EMPTY_REPLY,
          FailureKind.PROCESS_EXIT,
          FailureKind.STREAM_ENDED,
          FailureKind.SESSION_LOST,
          FailureKind.DNS_FAILURE,
          FailureKind.DNS_NOT_FOUND,
          FailureKind.DNS_TIMEOUT);

  private final Map<ListKind, Seen> seen = new EnumMap<>(ListKind.class);
  private Counts counts = Counts.UNKNOWN;

  /** One list as it was last read. */
  private record Seen(@Nullable ListMemory memory, long digest) {}

  /**
   * What one look read.
   *
   * @param capabilities null when nothing changed
   */
  record Reading(
      boolean changed,
      @Nullable Capabilities capabilities,
      @Nullable FailureException impairment) {}

  Counts counts() {
    return counts;
  }

  /** The next reading parses every list again. */
  void forget() {
    seen.replaceAll((_, last) -> new Seen(null, last.digest()));
  }

  Reading read(Conversation conversation, Depth depth, Look look) throws FailureException {
    if (depth == Depth.TOOLS) {
      return toolsOnly(conversation, look);
    }
    Map<ListKind, List<Item>> items = new EnumMap<>(ListKind.class);
    FailureException impairment = null;
    Set<ListKind> unread = EnumSet.noneOf(ListKind.class);
    boolean changed = false;
    for (ListKind kind : ListKind.values()) {
      if (!conversation.offers(kind)) {
        changed |= seen.remove(kind) != null;
        continue;
      }
      try {
        // Without memory: whoever asks for everything wants the items.
        Listing listing = conversation.list(kind, null, look);
        if (listing.incomplete() == null) {
          changed |= take(kind, listing, items);
          continue;
        }
        unread.add(kind);
        impairment = impairment == null ? listing.incomplete() : impairment;
      } catch (FailureException e) {
        if (kind == ListKind.TOOLS || GONE.contains(e.kind())) {
          throw e;
        }
        unread.add(kind);
        impairment = impairment == null ? e : impairment;
      }
    }
    counts = counts(items, unread);
    return new Reading(changed, capabilities(items), impairment);
  }

  private Reading toolsOnly(Conversation conversation, Look look) throws FailureException {
    Seen last = seen.get(ListKind.TOOLS);
    Listing listing = conversation.list(ListKind.TOOLS, last == null ? null : last.memory(), look);
    if (listing.unchanged()) {
      return new Reading(false, null, null);
    }
    if (listing.incomplete() != null) {
      return new Reading(false, null, listing.incomplete());
    }
    Map<ListKind, List<Item>> items = new EnumMap<>(ListKind.class);
    boolean changed = take(ListKind.TOOLS, listing, items);
    List<Item> tools = items.get(ListKind.TOOLS);
    counts =
        new Counts(
            tools == null ? -1 : tools.size(),
            counts.prompts(),
            counts.resources(),
            counts.resourceTemplates());
    Capabilities capabilities = changed ? capabilities(items) : null;
    return new Reading(changed, capabilities, null);
  }

  /** Takes a list in; returns whether it differs from last time. */
  private boolean take(ListKind kind, Listing listing, Map<ListKind, List<Item>> items) {
    List<ListedItem> listed = listing.items();
    if (listed == null) {
      return seen.remove(kind) != null;
    }
    items.put(kind, listed.stream().map(ListsSeen::item).toList());
    long digest = digest(listed);
    Seen last = seen.put(kind, new Seen(listing.memory(), digest));
    return last == null || last.digest() != digest;
  }

  private static Item item(ListedItem listed) {
    return new Item(listed.key(), listed.title(), listed.description(), listed.json());
  }

  /**
   * 64 bits over the items as they came: enough to see a change, since nobody gains by a collision
   * here.
   */
  private static long digest(List<ListedItem> items) {
    long digest = items.size();
    for (ListedItem item : items) {
      digest = digest * 0x100000001b3L + item.json().hashCode();
      digest = Long.rotateLeft(digest, 23) ^ item.json().length();
    }
    return digest;
  }

  /** What was not read to its end keeps its last count. */
  private Counts counts(Map<ListKind, List<Item>> items, Set<ListKind> unread) {
    return new Counts(
        unread.contains(ListKind.TOOLS) ? counts.tools() : size(items, ListKind.TOOLS),
        unread.contains(ListKind.PROMPTS) ? counts.prompts() : size(items, ListKind.PROMPTS),
        unread.contains(ListKind.RESOURCES) ? counts.resources() : size(items, ListKind.RESOURCES),
        unread.contains(ListKind.RESOURCE_TEMPLATES)
            ? counts.resourceTemplates()
            : size(items, ListKind.RESOURCE_TEMPLATES));
  }

  private static int size(Map<ListKind, List<Item>> items, ListKind kind) {
    List<Item> list = items.get(kind);
    return list == null ? -1 : list.size();
  }

  private static Capabilities capabilities(Map<ListKind, List<Item>> items) {
    return new Capabilities(
        items.get(ListKind.TOOLS),
        items.get(ListKind.PROMPTS),
        items.get(ListKind.RESOURCES),
        items.get(ListKind.RESOURCE_TEMPLATES));
  }
}
