package dev.pharos.mcp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor null at the end; an empty string is a cursor
 */
record ListPage(List<ListedItem> items, @Nullable String nextCursor) {}
