package dev.pharos.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.capability.CapabilityCache.Cached;
import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Item;
import dev.pharos.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@code CapabilityCache} does. */
public abstract class CapabilityCacheContract {
  /** The cache's clock. */
  protected final ManualTime time = new ManualTime();

  protected abstract CapabilityCache cache();

  /** A snapshot as of now, with a list of every kind but one. */
  protected Cached cached(String hash) {
    Item tool =
        new Item(
            "näme \"1\"",
            "Title",
            null,
            "{ \"description\" : null,\n \"name\":\"n\\u00e4me \\\"1\\\"\", \"n\":1.10,"
                + " \"title\":\"Title\", \"inputSchema\":{\"name\":\"inner\",\"a\":[{\"b\":[]}]}}");
    Item resource =
        new Item("file:///a", null, "D", "{\"uri\":\"file:///a\",\"description\":\"D\"}");
    Item template = new Item("x/{y}", null, null, "{\"uriTemplate\":\"x/{y}\",\"uri\":\"no\"}");
    Capabilities all =
        new Capabilities(List.of(tool, tool), null, List.of(resource), List.of(template));
    return new Cached(new Snapshot(hash, ManualTime.START, all), time.instant());
  }

  @Test
  void what_was_put_comes_back_to_the_byte() {
    cache().put("a", cached("one"));

    assertThat(cache().get("a")).contains(cached("one"));
  }

  @Test
  void no_list_and_an_empty_list_are_told_apart() {
    Capabilities lists = new Capabilities(List.of(), null, null, List.of());
    Cached cached = new Cached(new Snapshot("none", ManualTime.START, lists), time.instant());

    cache().put("a", cached);

    assertThat(cache().get("a")).contains(cached);
  }

  @Test
  void a_server_that_was_never_put_is_a_miss() {
    cache().put("a", cached("one"));

    assertThat(cache().get("b")).isEmpty();
    assertThat(cache().get("")).isEmpty();
  }

  @Test
  void the_newest_counts() {
    cache().put("a", cached("one"));
    cache().put("a", cached("two"));

    assertThat(cache().get("a")).contains(cached("two"));
  }

  @Test
  void a_server_can_be_forgotten() {
    cache().put("a", cached("one"));
    cache().put("b", cached("two"));

    cache().drop("a");
    cache().drop("a");

    assertThat(cache().get("a")).isEmpty();
    assertThat(cache().get("b")).isPresent();
  }

  @Test
  void nothing_is_given_that_is_older_than_its_time_to_live() {
    cache().put("a", cached("one"));
    time.advance(CapabilityCache.TTL.minusMillis(1));
    assertThat(cache().get("a")).isPresent();

    time.advance(Duration.ofMillis(1));

    assertThat(cache().get("a")).isEmpty();
  }
}
