package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one list page by page, within bounds. */
final class Lister {
  /** Faults of a later page that leave the server itself working. */
  private static final Set<FailureKind> PARTIAL =
      EnumSet.of(
          FailureKind.LIST_PARTIAL,
          FailureKind.LIST_TOO_LONG,
          FailureKind.SCHEMA_VIOLATION,
          FailureKind.HTTP_400,
          FailureKind.HTTP_404);

  private final Conversation conversation;
  private final ListKind kind;
  private final McpSettings settings;
  private final Look look;

  Lister(Conversation conversation, ListKind kind, McpSettings settings, Look look) {
    this.conversation = conversation;
    this.kind = kind;
    this.settings = settings;
    this.look = look;
  }

  Listing read(@Nullable ListMemory memory) throws FailureException {
    Fingerprint expected = memory == null ? null : memory.fingerprint();
    Call<ListPage> call = first(expected);
    if (call == null) {
      return tooLong(List.of());
    }
    if (call.unchanged()) {
      return new Listing(null, memory, null);
    }
    RpcError error = call.error();
    if (error != null
        && error.code() == RpcError.METHOD_NOT_FOUND
        && kind == ListKind.RESOURCE_TEMPLATES) {
      return Listing.ABSENT;
    }
    ListPage page = pageOf(call, FailureKind.LIST_ERROR);
    if (page.nextCursor() == null) {
      Fingerprint fingerprint = call.fingerprint();
      return new Listing(
          page.items(), fingerprint == null ? null : new ListMemory(fingerprint), null);
    }
    return rest(page);
  }

  private @Nullable Call<ListPage> first(@Nullable Fingerprint expected) throws FailureException {
    try {
      return conversation.page(kind, "", expected, look);
    } catch (FailureException e) {
      if (e.kind() == FailureKind.LIST_TOO_LONG) {
        return null;
      }
      throw e;
    }
  }

  private Listing rest(ListPage first) throws FailureException {
    List<ListedItem> items = new ArrayList<>(first.items());
    Set<String> cursors = new HashSet<>();
    String cursor = first.nextCursor();
    for (int pages = 1; cursor != null; pages++) {
      if (!cursors.add(cursor)) {
        return incomplete(
            items,
            new FailureException(
                FailureKind.LIST_LOOP,
                kind.method() + " gave the same cursor twice: paging would never end"));
      }
      if (pages >= settings.maxPages()) {
        return tooLong(items);
      }
      ListPage page;
      try {
        Call<ListPage> call =
            conversation.page(kind, "\"cursor\":" + Json.quote(cursor), null, look);
        page = pageOf(call, FailureKind.LIST_PARTIAL);
      } catch (FailureException e) {
        if (!PARTIAL.contains(e.kind())) {
          throw e;
        }
        return incomplete(
            items,
            new FailureException(
                FailureKind.LIST_PARTIAL,
                "page " + (pages + 1) + " of " + kind.method() + " failed: " + e.detail()));
      }
      items.addAll(page.items());
      if (items.size() > settings.maxItems()) {
        return tooLong(items.subList(0, settings.maxItems()));
      }
      cursor = page.nextCursor();
    }
    return new Listing(items, null, null);
  }

  private Listing tooLong(List<ListedItem> items) {
    return incomplete(
        items,
        new FailureException(
            FailureKind.LIST_TOO_LONG,
            "%s gives more than %d pages or %d items"
                .formatted(kind.method(), settings.maxPages(), settings.maxItems())));
  }

  private Listing incomplete(List<ListedItem> items, FailureException why) {
    look.note(FindingKind.LIST_INCOMPLETE, kind.method() + " was not read to its end");
    return new Listing(items, null, why);
  }

  private ListPage pageOf(Call<ListPage> call, FailureKind onError) throws FailureException {
    RpcError error = call.error();
    if (error != null) {
      throw new FailureException(onError, kind.method() + " was answered with " + error.describe());
    }
    ListPage page = call.result();
    if (page == null) {
      throw new IllegalStateException("neither result nor error");
    }
    return page;
  }
}
