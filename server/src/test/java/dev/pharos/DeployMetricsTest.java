package dev.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.SpanState;
import dev.pharos.telemetry.Sources;
import dev.pharos.telemetry.Telemetry;
import dev.pharos.testing.Fleets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Holds the alerts and the board in {@code deploy/} to the metrics that the program has. */
class DeployMetricsTest {
  private static final Pattern METRIC = Pattern.compile("\\b((?:pharos|jvm|process)_[a-z0-9_]+)");
  private static final Pattern VALUE =
      Pattern.compile("\\b((?:state|queue|outcome|transport|area)=\"[a-z_]+\")");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z][a-z0-9_]+)[{ ]");

  private static String scrape() {
    try (Telemetry telemetry = new Telemetry("1.2.3")) {
      LongSupplier none = () -> 0;
      Map<String, LongSupplier> queues = new TreeMap<>();
      Set.of("due", "in_flight", "knocks", "store").forEach(name -> queues.put(name, none));
      telemetry.bind(
          new Sources(
              () -> Map.of(SpanState.HEALTHY, 1),
              () -> 0,
              none,
              none,
              none,
              none,
              none,
              none,
              queues,
              none,
              none,
              none,
              none,
              none,
              none));
      telemetry.state(() -> "live");
      telemetry.checks().looked(Fleets.failed(Fleets.NOON, Fleets.REFUSED));
      telemetry.store().took("flush", 1);
      telemetry.requests().served("listServers", 200, 1);
      return telemetry.scrape();
    }
  }

  private static String expressions(String file) {
    StringBuilder all = new StringBuilder();
    JsonNode tree = DeployFiles.tree(file);
    tree.findValues("expr").forEach(each -> all.append(each.asString()).append('\n'));
    tree.findValues("definition").forEach(each -> all.append(each.asString()).append('\n'));
    tree.findValues("series").forEach(each -> all.append(each.asString()).append('\n'));
    return all.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"prometheus/rules.yml", "prometheus/rules.test.yml", "grafana/pharos.json"})
  void every_metric_that_is_asked_for_exists(String file) {
    String scrape = scrape();
    String asked = expressions(file);

    assertThat(DeployFiles.all(METRIC, asked))
        .hasSizeGreaterThan(10)
        .isSubsetOf(DeployFiles.all(SAMPLE, scrape));
    assertThat(DeployFiles.all(VALUE, asked))
        .isNotEmpty()
        .isSubsetOf(DeployFiles.all(VALUE, scrape));
  }

  @Test
  void every_metric_of_our_own_is_on_the_board_or_in_a_rule() {
    Set<String> asked = new HashSet<>(DeployFiles.all(METRIC, expressions("grafana/pharos.json")));
    asked.addAll(DeployFiles.all(METRIC, expressions("prometheus/rules.yml")));
    Set<String> ours = new TreeSet<>();
    for (String sample : DeployFiles.all(SAMPLE, scrape())) {
      if (sample.startsWith("pharos_") && !sample.endsWith("_max")) {
        ours.add(sample.replaceFirst("_(bucket|count|sum)$", ""));
      }
    }

    assertThat(ours)
        .hasSizeGreaterThan(20)
        .allMatch(name -> asked.stream().anyMatch(it -> it.startsWith(name)));
  }

  @Test
  void panels_of_the_board_have_their_own_numbers_and_places() {
    JsonNode panels = DeployFiles.tree("grafana/pharos.json").path("panels");
    Set<Integer> numbers = new HashSet<>();
    Set<Integer> cells = new HashSet<>();
    for (JsonNode panel : panels) {
      assertThat(numbers.add(panel.path("id").asInt())).as("%s", panel.path("title")).isTrue();
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          int cell = (place.path("y").asInt() + y) * 24 + place.path("x").asInt() + x;
          assertThat(cells.add(cell)).as("%s", panel.path("title")).isTrue();
        }
      }
    }
    assertThat(numbers).hasSizeGreaterThan(25);
  }

  @Test
  void every_alert_says_how_bad_it_is_and_what_it_is() {
    JsonNode rules = DeployFiles.tree("prometheus/rules.yml").path("groups").path(0).path("rules");

    assertThat(rules).hasSizeGreaterThan(10);
    assertThat(rules)
        .allMatch(rule ->
            Set.of("warning", "critical")
                .contains(rule.path("labels").path("severity").asString("")))
        .allMatch(rule -> !rule.path("annotations").path("summary").asString("").isBlank());
    String tested = DeployFiles.text("prometheus/rules.test.yml");
    assertThat(rules)
        .allMatch(rule -> tested.contains("\"" + rule.path("alert").asString() + "\""));
  }
}
