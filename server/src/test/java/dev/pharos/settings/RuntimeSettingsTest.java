package dev.pharos.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.event.EventBus;
import dev.pharos.field.Problem;
import dev.pharos.field.UnreadableException;
import dev.pharos.field.YamlText;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.health.HealthSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RuntimeSettingsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final Map<String, String> stored = new HashMap<>();
  private final List<StoredEvent> published = new ArrayList<>();

  @Test
  void nothing_stored_means_the_defaults() {
    Current current = settings(Map.of()).current();

    assertThat(current.health()).isEqualTo(HealthSettings.DEFAULT);
    assertThat(current.retention().logs()).hasDays(7);
    assertThat(current.limits()).isEqualTo(new Limits(256, 32, 32, 4096));
    assertThat(current.rhythm().capabilityTtl()).hasMinutes(10);
    assertThat(current.blindness().sentinel()).isNull();
  }

  @Test
  void every_field_of_every_group_takes_its_own_default_back_without_a_change() {
    RuntimeSettings settings = settings(Map.of());

    for (String key : RuntimeSettings.keys()) {
      ObjectNode group = settings.get(key).orElseThrow();
      assertThat(group.propertyNames()).containsExactlyElementsOf(RuntimeSettings.names(key));
      assertThat(settings.put(key, group, "tester")).isEqualTo(group);
    }
    assertThat(published).isEmpty();
    assertThat(stored).isEmpty();
  }

  @Test
  void a_change_is_stored_published_told_and_obeyed_at_once() {
    RuntimeSettings settings = settings(Map.of());
    List<Current> heard = new ArrayList<>();
    settings.listen(heard::add);

    settings.put("health_check", json("{interval_seconds: 2.5, slow_after_ms: null}"), "tester");

    assertThat(settings.current().health().interval()).isEqualTo(Duration.ofMillis(2500));
    assertThat(settings.current().health().slowAfter()).isNull();
    assertThat(heard).containsExactly(settings.current());
    assertThat(published)
        .extracting(event -> event.event())
        .containsExactly(
            new FleetEvent.ConfigChanged(
                NOW,
                null,
                "updated",
                List.of("health_check.interval_seconds", "health_check.slow_after_ms"),
                "tester"));
    assertThat(settings(Map.of()).current()).isEqualTo(settings.current());
  }

  @Test
  void only_what_differs_from_the_defaults_is_stored() {
    RuntimeSettings settings = settings(Map.of());

    settings.put("limits", json("{max_in_flight: 7, max_per_host: 32}"), "tester");
    assertThat(stored).containsEntry("limits", "{\"max_in_flight\":7}");
    settings.put("limits", json("{max_in_flight: 256}"), "tester");
    assertThat(stored).containsEntry("limits", "{}");
  }

  @Test
  void what_the_file_fixes_cannot_be_changed_but_may_be_repeated() {
    ObjectNode fixed =
        RuntimeSettings.read("limits", json("{max_in_flight: 9}"), new ArrayList<>());
    RuntimeSettings settings = settings(Map.of("limits", fixed));

    assertThat(settings.current().limits().maxInFlight()).isEqualTo(9);
    assertThat(settings.fixed("limits")).containsExactly("max_in_flight");
    assertThat(rejected(settings, "limits", "{max_in_flight: 10, max_per_host: 2}"))
        .extracting(Problem::field)
        .containsExactly("max_in_flight");
    assertThat(settings.current().limits().maxPerHost()).isEqualTo(32);
    settings.put("limits", json("{max_in_flight: 9, max_per_host: 2}"), "tester");
    assertThat(stored).containsEntry("limits", "{\"max_per_host\":2}");
  }

  /** A group, what is sent to it, the field that is wrong, and a part of what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          health_check|{interval_seconds: 0.9}|interval_seconds|from 1 to 86400
          health_check|{interval_seconds: '60'}|interval_seconds|number of seconds
          health_check|{interval_seconds: null}|interval_seconds|not be null
          health_check|{adaptive: 1}|adaptive|true or false
          health_check|{fail_after: 1.5}|fail_after|whole number
          health_check|{slow_after_ms: 0}|slow_after_ms|from 1
          health_check|{intervall_seconds: 5}|intervall_seconds|did you mean interval_seconds
          health_check|[]||must be an object
          circuit_breaker|{failure_threshold: 0}|failure_threshold|from 1
          circuit_breaker|{timeout_seconds: .nan}|timeout_seconds|number of seconds
          retention|{log_days: 0}|log_days|from 1 to 3650
          limits|{max_in_flight: 1e9}|max_in_flight|whole number
          blindness|{sentinel: 'nowhere'}|sentinel|host:port
          blindness|{sentinel: "a:1\\nb"}|sentinel|line break
          nonsense|{a: 1}||no such group
          """)
  void a_wrong_field_is_named_and_nothing_is_half_saved(
      String key, String sent, String field, String message) {
    RuntimeSettings settings = settings(Map.of());
    Current before = settings.current();

    assertThat(rejected(settings, key, sent))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.field()).isEqualTo(field == null ? "" : field);
          assertThat(problem.message()).contains(message);
        });
    assertThat(settings.current()).isSameAs(before);
    assertThat(stored).isEmpty();
    assertThat(published).isEmpty();
  }

  @Test
  void a_good_field_beside_a_bad_one_is_not_taken() {
    RuntimeSettings settings = settings(Map.of());

    assertThat(rejected(settings, "limits", "{max_in_flight: 5, max_per_host: 0, x: 1}"))
        .hasSize(2);
    assertThat(settings.current().limits().maxInFlight()).isEqualTo(256);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"max_in_flight\": 0, \"max_per_host\": 3, \"gone\": true}",
        "not json",
        "[]",
        "",
        "null"
      })
  void what_another_version_stored_never_keeps_us_from_starting(String json) {
    stored.put("limits", json);
    stored.put("other", "{}");

    Limits limits = settings(Map.of()).current().limits();

    assertThat(limits.maxInFlight()).isEqualTo(256);
    assertThat(limits.maxPerHost()).isEqualTo(json.contains("gone") ? 3 : 32);
  }

  private RuntimeSettings settings(Map<String, ObjectNode> fixed) {
    return new RuntimeSettings(new Store(), new Bus(), InstantSource.fixed(NOW), fixed);
  }

  private static List<Problem> rejected(RuntimeSettings settings, String key, String sent) {
    return catchThrowableOfType(Rejection.class, () -> settings.put(key, json(sent), "tester"))
        .problems();
  }

  private static JsonNode json(String yaml) {
    try {
      return YamlText.read(yaml);
    } catch (UnreadableException e) {
      throw new AssertionError(e.reason(), e);
    }
  }

  private final class Store implements ConfigStore {
    @Override
    public Map<String, String> all() {
      return Map.copyOf(stored);
    }

    @Override
    public Optional<String> get(String key) {
      return Optional.ofNullable(stored.get(key));
    }

    @Override
    public StoredEvent put(String key, String json, FleetEvent event) {
      stored.put(key, json);
      return new StoredEvent(published.size() + 1, event);
    }
  }

  private final class Bus implements EventBus {
    @Override
    public Subscription subscribe(Listener listener) {
      throw new AssertionError("settings only publish");
    }

    @Override
    public void publish(List<StoredEvent> events) {
      published.addAll(events);
    }

    @Override
    public void storeAndPublish(Supplier<List<StoredEvent>> write) {
      publish(write.get());
    }
  }
}
