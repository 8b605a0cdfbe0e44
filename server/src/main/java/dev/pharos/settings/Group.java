package dev.pharos.settings;

import static dev.pharos.settings.Setting.count;
import static dev.pharos.settings.Setting.flag;
import static dev.pharos.settings.Setting.millis;
import static dev.pharos.settings.Setting.place;
import static dev.pharos.settings.Setting.seconds;

import dev.pharos.field.Fields;
import dev.pharos.field.Problem;
import dev.pharos.health.HealthSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The groups of settings, with every setting's range and default. */
final class Group {
  static final Group HEALTH_CHECK =
      new Group("health_check", Group.healthCheck(HealthSettings.DEFAULT));
  static final Group CIRCUIT_BREAKER =
      new Group("circuit_breaker", Group.circuitBreaker(HealthSettings.DEFAULT));
  static final Group CAPABILITIES =
      new Group(
          "capabilities",
          List.of(
              seconds(
                  "cache_ttl_seconds",
                  Duration.ofSeconds(1),
                  Duration.ofDays(1),
                  Duration.ofMinutes(10))));
  static final Group RETENTION =
      new Group(
          "retention",
          List.of(
              count("log_days", 1, 3650, 7),
              count("rollup_5m_days", 1, 3650, 30),
              count("rollup_1h_days", 1, 36_500, 365),
              count("event_days", 1, 3650, 90)));
  static final Group LIMITS =
      new Group(
          "limits",
          List.of(
              count("max_in_flight", 1, 100_000, 256),
              count("max_per_host", 1, 10_000, 32),
              count("max_processes", 1, 10_000, 32),
              count("max_held_streams", 0, 100_000, 4096)));
  static final Group BLINDNESS =
      new Group(
          "blindness",
          List.of(
              seconds(
                  "window_seconds",
                  Duration.ofSeconds(1),
                  Duration.ofHours(1),
                  Duration.ofSeconds(30)),
              place("sentinel")));

  static final List<Group> ALL =
      List.of(HEALTH_CHECK, CIRCUIT_BREAKER, CAPABILITIES, RETENTION, LIMITS, BLINDNESS);

  private final String key;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private Group(String key, List<Setting> settings) {
    this.key = key;
    settings.forEach(setting -> this.settings.put(setting.name(), setting));
  }

  private static List<Setting> healthCheck(HealthSettings d) {
    Duration second = Duration.ofSeconds(1);
    Duration day = Duration.ofDays(1);
    return List.of(
        seconds("interval_seconds", second, day, d.interval()),
        flag("adaptive", d.adaptive()),
        seconds("healthy_interval_seconds", second, day, d.watchedInterval()),
        seconds("degraded_interval_seconds", second, day, d.degradedInterval()),
        seconds("unhealthy_interval_seconds", second, day, d.unhealthyInterval()),
        seconds("settling_interval_seconds", second, day, d.settlingInterval()),
        seconds("auto_disabled_interval_seconds", second, day, d.disabledInterval()),
        seconds("fresh_handshake_seconds", second, day, Duration.ofHours(1)),
        // With the look that follows, a server is seen back within 5 s.
        seconds("knock_seconds", second, day, Duration.ofMillis(4_500)),
        count("fail_after", 1, 1000, d.failAfter()),
        count("recover_after", 1, 1000, d.recoverAfter()),
        millis("confirm_fast_ms", 10, 60_000, d.confirmFast(), false),
        millis("confirm_slow_ms", 10, 60_000, d.confirmSlow(), false),
        millis("slow_after_ms", 1, 600_000, d.slowAfter(), true));
  }

  private static List<Setting> circuitBreaker(HealthSettings d) {
    Duration second = Duration.ofSeconds(1);
    Duration day = Duration.ofDays(1);
    return List.of(
        count("failure_threshold", 1, 1000, d.failureThreshold()),
        seconds("timeout_seconds", second, day, d.circuitTimeout()),
        seconds("max_open_interval_seconds", second, day, d.maxOpenInterval()),
        count("max_failure_cycles", 1, 1000, d.maxFailureCycles()),
        flag("auto_disable_enabled", d.autoDisable()));
  }

  /** The public name. */
  String key() {
    return key;
  }

  Set<String> names() {
    return settings.keySet();
  }

  static Map<String, Group> byKey() {
    Map<String, Group> groups = new LinkedHashMap<>();
    ALL.forEach(group -> groups.put(group.key, group));
    return groups;
  }

  /** What holds when nobody says anything. */
  ObjectNode defaults() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    settings.forEach((name, setting) -> json.set(name, setting.otherwise()));
    return json;
  }

  /**
   * Reads some fields of the group and notes everything that is wrong with them.
   *
   * @return those that are right, as they are always written
   */
  ObjectNode read(JsonNode some, String path, List<Problem> problems) {
    ObjectNode right = JsonNodeFactory.instance.objectNode();
    Fields fields = Fields.of(some, path, names(), problems);
    settings.forEach((name, setting) -> {
      boolean isNull = some.has(name) && some.path(name).isNull();
      JsonNode value = setting.check().read(fields, name);
      if (isNull && !setting.nullable()) {
        fields.wrong(name, "must not be null");
      } else if (isNull) {
        right.putNull(name);
      } else if (value != null) {
        right.set(name, value);
      }
    });
    return right;
  }
}
