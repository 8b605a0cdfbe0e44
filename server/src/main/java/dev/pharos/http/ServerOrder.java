package dev.pharos.http;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Standing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An order of the list of servers, and the place in it where a page ends. A place is a value of the
 * order and a name: it stays right when servers come and go.
 *
 * @param backwards from the greatest to the least
 */
record ServerOrder(By by, boolean backwards) {
  /** What the list can be ordered by; what is not known comes last. */
  enum By {
    NAME(_ -> 0),
    /** The worst first. */
    HEALTH(standing -> worst(standing.memory().health())),
    SINCE(standing -> standing.memory().since().toEpochMilli()),
    LAST_CHECK(standing -> millis(standing.seen())),
    RESPONSE_TIME(standing -> orLast(standing.seen().responseMicros())),
    TOOLS(standing -> standing.seen().counts().tools()),
    CREATED(standing -> standing.server().createdAt().toEpochMilli());

    @SuppressWarnings("ImmutableEnumChecker") // pure functions
    private final ToLongFunction<Standing> value;

    By(ToLongFunction<Standing> value) {
      this.value = value;
    }

    private static long worst(Health health) {
      return switch (health) {
        case UNHEALTHY -> 0;
        case DEGRADED -> 1;
        case UNKNOWN -> 2;
        case HEALTHY -> 3;
      };
    }

    private static long millis(LastSeen seen) {
      return seen.lastCheckAt() == null ? Long.MAX_VALUE : seen.lastCheckAt().toEpochMilli();
    }

    private static long orLast(@Nullable Long value) {
      return value == null ? Long.MAX_VALUE : value;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where a page ends. */
  record Place(long value, String name) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::value)
            .thenComparing(Place::name, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(Place::name);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** {@code name}, or {@code -name} for backwards; null when it is none of the words. */
  static @Nullable ServerOrder read(String text) {
    boolean backwards = text.startsWith("-");
    String word = backwards ? text.substring(1) : text;
    for (By by : By.values()) {
      if (by.word().equals(word)) {
        return new ServerOrder(by, backwards);
      }
    }
    return null;
  }

  Place place(Standing standing) {
    return new Place(by.value.applyAsLong(standing), standing.server().spec().name());
  }

  /** Servers in this order. */
  List<Standing> sorted(Stream<Standing> servers) {
    // Their places are made once, not for each comparison.
    record Placed(Place place, Standing standing) {}
    Comparator<Placed> forwards = Comparator.comparing(Placed::place);
    return servers
        .map(each -> new Placed(place(each), each))
        .sorted(backwards ? forwards.reversed() : forwards)
        .map(Placed::standing)
        .toList();
  }

  boolean after(Standing standing, Place place) {
    int order = place(standing).compareTo(place);
    return backwards ? order < 0 : order > 0;
  }

  /** A page's end as the client gives it back. */
  String cursor(Standing last) {
    Place place = place(last);
    String text = by.word() + ' ' + backwards + ' ' + place.value() + ' ' + place.name();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The place that a cursor names; null when it is of another order, or none of ours. */
  @Nullable Place place(String cursor) {
    try {
      byte[] decoded = Base64.getUrlDecoder().decode(cursor);
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split(" ", 4);
      boolean same =
          parts.length == 4
              && parts[0].equals(by.word())
              && parts[1].equals(Boolean.toString(backwards));
      return same ? new Place(Long.parseLong(parts[2]), parts[3]) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
