package dev.pharos.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The lists that a pretended server offers, cut into pages. */
final class FakeLists {
  private static final Map<String, String> FIELDS =
      Map.of(
          "tools/list", "tools",
          "prompts/list", "prompts",
          "resources/list", "resources",
          "resources/templates/list", "resourceTemplates");

  private final Map<String, List<String>> items = new ConcurrentHashMap<>();
  private volatile int pageSize = Integer.MAX_VALUE;

  void put(String field, List<String> json) {
    items.put(field, List.copyOf(json));
  }

  void pageSize(int most) {
    pageSize = most;
  }

  static List<String> make(String field, int count) {
    String form =
        switch (field) {
          case "tools" ->
              "{\"name\":\"tool-%1$d\",\"description\":\"Tool number %1$d\",\"inputSchema\":{\"type\":\"object\"}}";
          case "prompts" -> "{\"name\":\"prompt-%d\"}";
          case "resources" -> "{\"uri\":\"fake://resource/%1$d\",\"name\":\"resource-%1$d\"}";
          case "resourceTemplates" ->
              "{\"uriTemplate\":\"fake://%1$d/{x}\",\"name\":\"template-%1$d\"}";
          default -> throw new IllegalArgumentException(field);
        };
    return IntStream.range(0, count).mapToObj(form::formatted).toList();
  }

  /** The capabilities that go with the lists, as JSON. */
  String capabilities() {
    List<String> all = new ArrayList<>();
    for (String field : List.of("tools", "prompts", "resources")) {
      if (items.containsKey(field)) {
        all.add("\"" + field + "\":{\"listChanged\":true}");
      }
    }
    return all.stream().collect(Collectors.joining(",", "{", "}"));
  }

  /** The fields of one page's result, or null when the list is not offered. */
  @Nullable String page(String method, String cursor) {
    String field = FIELDS.get(method);
    List<String> all = field == null ? null : items.get(field);
    if (all == null) {
      return null;
    }
    int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    int to = (int) Math.min(all.size(), (long) from + pageSize);
    String next = to < all.size() ? ",\"nextCursor\":\"" + to + "\"" : "";
    return "\"" + field + "\":[" + String.join(",", all.subList(from, to)) + "]" + next;
  }
}
