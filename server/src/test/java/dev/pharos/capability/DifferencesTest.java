package dev.pharos.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferencesTest {
  private static final Instant AT = Instant.EPOCH;

  private static Capabilities tools(String... json) {
    return new Capabilities(items(json), null, null, null);
  }

  private static List<Item> items(String... json) {
    return Arrays.stream(json)
        .map(
            each -> new Item(each.replaceAll(".*?\"name\":\"([^\"]*)\".*", "$1"), null, null, each))
        .toList();
  }

  private static Differences between(Capabilities before, Capabilities after) {
    return Differences.between(before, after, AT);
  }

  @Test
  void what_was_added_removed_and_changed_is_named_with_its_text_before_and_after() {
    Differences differences =
        between(
            tools("{\"name\":\"a\"}", "{\"name\":\"b\",\"x\":1}"),
            tools("{\"name\":\"b\",\"x\":2}", "{\"name\":\"c\"}"));

    assertThat(differences.all())
        .containsExactly(
            new CapabilityChange(AT, "tools", "removed", "a", "{\"name\":\"a\"}", null),
            new CapabilityChange(
                AT,
                "tools",
                "changed",
                "b",
                "{\"name\":\"b\",\"x\":1}",
                "{\"name\":\"b\",\"x\":2}"),
            new CapabilityChange(AT, "tools", "added", "c", null, "{\"name\":\"c\"}"));
    assertThat(differences.added()).isEqualTo(Map.of("tools", List.of("c")));
    assertThat(differences.removed()).isEqualTo(Map.of("tools", List.of("a")));
    assertThat(differences.changed()).isEqualTo(Map.of("tools", List.of("b")));
  }

  @Test
  void every_list_is_compared() {
    Capabilities before =
        new Capabilities(null, items("{\"name\":\"p\"}"), items("{\"name\":\"r\"}"), null);
    Capabilities after =
        new Capabilities(items("{\"name\":\"t\"}"), null, List.of(), items("{\"name\":\"v\"}"));

    Differences differences = between(before, after);

    assertThat(differences.added())
        .isEqualTo(Map.of("tools", List.of("t"), "resource_templates", List.of("v")));
    assertThat(differences.removed())
        .isEqualTo(Map.of("prompts", List.of("p"), "resources", List.of("r")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"a\",\"x\":{\"k\":1,\"l\":2}}|{\"x\":{\"l\":2,\"k\":1},\"name\":\"a\"}|same",
        "{\"name\":\"a\",\"x\":1.0}|{\"name\":\"a\",\"x\":1}|same",
        "{\"name\":\"a\",\"x\":100}|{\"name\":\"a\",\"x\":1e2}|same",
        "{\"name\":\"a\",\"x\":1e999999999}|{\"name\":\"a\",\"x\":10e999999998}|same",
        "{\"name\":\"a\",\"x\":12345678901234567891}|{\"name\":\"a\",\"x\":12345678901234567892}|other",
        "{\"name\":\"a\",\"required\":[\"x\",\"y\"]}|{\"name\":\"a\",\"required\":[\"y\",\"x\"]}|same",
        "{\"name\":\"a\",\"enum\":[1,2]}|{\"name\":\"a\",\"enum\":[2,1]}|same",
        "{\"name\":\"a\",\"type\":[\"null\",\"string\"]}|{\"name\":\"a\",\"type\":[\"string\",\"null\"]}|same",
        "{\"name\":\"a\",\"prefixItems\":[1,2]}|{\"name\":\"a\",\"prefixItems\":[2,1]}|other",
        "{\"name\":\"a\",\"d\":\"x\"}|{\"name\":\"a\",\"d\":\"х\"}|other",
        "{\"name\":\"a\",\"d\":\"\\u0078\"}|{\"name\":\"a\",\"d\":\"x\"}|same",
        "{\"name\":\"a\",\"d\":null}|{\"name\":\"a\"}|other",
        "{\"name\":\"a\",\"x\":[]}|{\"name\":\"a\",\"x\":{}}|other",
        "{\"name\":\"a\",\"x\":\"1\"}|{\"name\":\"a\",\"x\":1}|other"
      })
  void the_hash_differs_exactly_when_the_content_does(String one, String two, String how) {
    boolean same = how.equals("same");

    assertThat(between(tools(one), tools(two)).all().isEmpty()).isEqualTo(same);
    assertThat(Differences.hash(tools(one)).equals(Differences.hash(tools(two)))).isEqualTo(same);
  }

  @Test
  void the_order_of_a_list_does_not_count() {
    List<String> json = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      json.add("{\"name\":\"tool-" + i + "\"}");
    }
    Capabilities ordered = tools(json.toArray(String[]::new));
    Collections.shuffle(json, new Random(1));
    Capabilities shuffled = tools(json.toArray(String[]::new));

    assertThat(between(ordered, shuffled).all()).isEmpty();
    assertThat(Differences.hash(ordered)).isEqualTo(Differences.hash(shuffled)).hasSize(64);
  }

  @Test
  void an_absent_list_and_an_empty_one_offer_the_same() {
    assertThat(Differences.hash(Capabilities.NONE)).isEqualTo(Differences.hash(tools()));
    assertThat(between(Capabilities.NONE, tools()).all()).isEmpty();
  }

  @Test
  void items_of_different_lists_are_different() {
    Capabilities prompt = new Capabilities(null, items("{\"name\":\"a\"}"), null, null);

    assertThat(Differences.hash(tools("{\"name\":\"a\"}"))).isNotEqualTo(Differences.hash(prompt));
  }

  @Test
  void a_name_that_is_given_twice_is_compared_as_a_whole() {
    Capabilities twice = tools("{\"name\":\"a\",\"x\":1}", "{\"name\":\"a\",\"x\":2}");
    Capabilities once = tools("{\"name\":\"a\",\"x\":1}");

    assertThat(between(twice, once).changed()).isEqualTo(Map.of("tools", List.of("a")));
    assertThat(between(twice, twice).all()).isEmpty();
  }
}
