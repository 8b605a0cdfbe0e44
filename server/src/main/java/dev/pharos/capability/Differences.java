package dev.pharos.capability;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Item;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two states of a server's lists. The order of a list, the order of keys and
 * the way a number is written are no difference. Pure.
 */
public final class Differences {
  private static final String ADDED = "added";
  private static final String REMOVED = "removed";
  private static final String CHANGED = "changed";

  private final List<CapabilityChange> all;

  private Differences(List<CapabilityChange> all) {
    this.all = List.copyOf(all);
  }

  /**
   * From one state to the next; both complete: an absent list is one that is not offered.
   *
   * @param at the moment that the changes get
   */
  public static Differences between(Capabilities before, Capabilities after, Instant at) {
    List<CapabilityChange> changes = new ArrayList<>();
    for (ListName list : ListName.values()) {
      compare(list, byKey(list.orEmpty(before)), byKey(list.orEmpty(after)), at, changes);
    }
    return new Differences(changes);
  }

  /** Every change, list by list and by key. */
  public List<CapabilityChange> all() {
    return all;
  }

  /** The keys of what was added, by list; only lists with any. */
  public Map<String, List<String>> added() {
    return keys(ADDED);
  }

  public Map<String, List<String>> removed() {
    return keys(REMOVED);
  }

  public Map<String, List<String>> changed() {
    return keys(CHANGED);
  }

  /** Hex SHA-256 over the canonical content: equal exactly when there are no differences. */
  public static String hash(Capabilities capabilities) {
    StringBuilder text = new StringBuilder();
    for (ListName list : ListName.values()) {
      List<Item> items = list.orEmpty(capabilities);
      if (items.isEmpty()) {
        continue; // nothing offered, or an offer of nothing: the same to whoever uses the server
      }
      text.append(list.wire()).append('\n');
      byKey(items)
          .forEach((key, same) ->
              text.append(Canonical.quote(key)).append('\n').append(same.canonical()).append('\n'));
    }
    return HexFormat.of().formatHex(sha256(text.toString()));
  }

  /** The items under one key: one, unless the server gives a name twice. */
  private record Same(String raw, String canonical) {
    static Same of(Item item) {
      return new Same(item.json(), Canonical.of(item.json()));
    }

    Same and(Same other) {
      return new Same(raw + "\n" + other.raw, canonical + "\n" + other.canonical);
    }
  }

  private static SortedMap<String, Same> byKey(List<Item> items) {
    return items.stream().collect(Collectors.toMap(Item::key, Same::of, Same::and, TreeMap::new));
  }

  private static void compare(
      ListName list,
      Map<String, Same> before,
      Map<String, Same> after,
      Instant at,
      List<CapabilityChange> changes) {
    var keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      Same old = before.get(key);
      Same now = after.get(key);
      String kind = kind(old, now);
      if (kind != null) {
        String was = old == null ? null : old.raw();
        String is = now == null ? null : now.raw();
        changes.add(new CapabilityChange(at, list.wire(), kind, key, was, is));
      }
    }
  }

  private static @Nullable String kind(@Nullable Same old, @Nullable Same now) {
    if (old == null) {
      return ADDED;
    }
    if (now == null) {
      return REMOVED;
    }
    return old.canonical().equals(now.canonical()) ? null : CHANGED;
  }

  private Map<String, List<String>> keys(String kind) {
    return all.stream()
        .filter(change -> change.kind().equals(kind))
        .collect(
            Collectors.groupingBy(
                CapabilityChange::list,
                TreeMap::new,
                Collectors.mapping(CapabilityChange::key, Collectors.toUnmodifiableList())));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
