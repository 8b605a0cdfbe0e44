package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the result of a list request from the token stream, keeping each item's own text. */
final class ListPageReader implements ResultReader<ListPage> {
  private static final int MAX_CURSOR = 64 * 1024;

  private final ListKind kind;
  private final int maxItems;
  private final Look look;
  private Scrutiny scrutiny;
  private boolean found;
  private @Nullable String cursor;

  ListPageReader(ListKind kind, int maxItems, Look look) {
    this.kind = kind;
    this.maxItems = maxItems;
    this.look = look;
    this.scrutiny = new Scrutiny(kind, look);
  }

  @Override
  public ListPage read(JsonParser parser, byte[] source, int base) throws FailureException {
    // An answer to something else may have come before.
    scrutiny = new Scrutiny(kind, look);
    found = false;
    cursor = null;
    List<ListedItem> items = new ArrayList<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (name.equals(kind.field())) {
        items(parser, token, source, base, items);
      } else if (name.equals("nextCursor")) {
        cursor(parser, token);
      } else {
        parser.skipChildren();
      }
    }
    if (!found) {
      throw violation("it has no array \"" + kind.field() + "\"");
    }
    return new ListPage(items, cursor);
  }

  private void cursor(JsonParser parser, JsonToken token) throws FailureException {
    if (token == JsonToken.VALUE_STRING) {
      cursor = parser.getString();
      if (cursor.length() > MAX_CURSOR) {
        throw violation("its cursor is longer than 64 KiB");
      }
    } else if (token != JsonToken.VALUE_NULL) {
      throw violation("its nextCursor is no string");
    }
  }

  private void items(
      JsonParser parser, JsonToken token, byte[] source, int base, List<ListedItem> items)
      throws FailureException {
    if (token != JsonToken.START_ARRAY) {
      throw violation("its \"" + kind.field() + "\" is no array");
    }
    found = true;
    for (token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      if (token != JsonToken.START_OBJECT) {
        throw violation("an item of \"" + kind.field() + "\" is no object");
      }
      if (items.size() >= maxItems) {
        throw new FailureException(
            FailureKind.LIST_TOO_LONG, kind.method() + " gives more than " + maxItems + " items");
      }
      items.add(item(parser, source, base));
    }
  }

  private ListedItem item(JsonParser parser, byte[] source, int base) throws FailureException {
    int start = base + (int) parser.currentTokenLocation().getByteOffset();
    String key = null;
    String title = null;
    String description = null;
    boolean schema = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (name.equals(kind.key())) {
        key = text(parser, token);
      } else if (name.equals("title")) {
        title = text(parser, token);
      } else if (name.equals("description")) {
        description = text(parser, token);
      } else if (name.equals("inputSchema")) {
        schema = token == JsonToken.START_OBJECT;
      }
      parser.skipChildren();
    }
    if (key == null) {
      throw violation("an item of \"" + kind.field() + "\" has no " + kind.key());
    }
    int end = base + (int) parser.currentLocation().getByteOffset();
    scrutiny.item(key, schema, source, start, end);
    return new ListedItem(
        key, title, description, new String(source, start, end - start, StandardCharsets.UTF_8));
  }

  private static @Nullable String text(JsonParser parser, JsonToken token) {
    return token == JsonToken.VALUE_STRING ? Text.whole(parser.getString()) : null;
  }

  private FailureException violation(String what) {
    return new FailureException(
        FailureKind.SCHEMA_VIOLATION,
        "the answer to " + kind.method() + " breaks the schema: " + what);
  }
}
