package dev.pharos.settings;

import dev.pharos.health.HealthSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the effective fields of a group, which are all there and right. */
record Values(ObjectNode json) {
  Duration seconds(String name) {
    return Duration.ofMillis(Math.round(json.path(name).doubleValue() * 1000));
  }

  Duration millis(String name) {
    return Duration.ofMillis(json.path(name).longValue());
  }

  @Nullable Duration millisOrNull(String name) {
    return json.hasNonNull(name) ? millis(name) : null;
  }

  Duration days(String name) {
    return Duration.ofDays(count(name));
  }

  int count(String name) {
    return json.path(name).intValue();
  }

  boolean flag(String name) {
    return json.path(name).booleanValue();
  }

  @Nullable String textOrNull(String name) {
    JsonNode value = json.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  static HealthSettings health(Values check, Values circuit) {
    return new HealthSettings(
        check.seconds("interval_seconds"),
        check.flag("adaptive"),
        check.seconds("healthy_interval_seconds"),
        check.seconds("degraded_interval_seconds"),
        check.seconds("unhealthy_interval_seconds"),
        check.seconds("settling_interval_seconds"),
        check.count("fail_after"),
        check.count("recover_after"),
        check.millis("confirm_fast_ms"),
        check.millis("confirm_slow_ms"),
        check.millisOrNull("slow_after_ms"),
        circuit.count("failure_threshold"),
        circuit.seconds("timeout_seconds"),
        circuit.seconds("max_open_interval_seconds"),
        circuit.count("max_failure_cycles"),
        circuit.flag("auto_disable_enabled"),
        check.seconds("auto_disabled_interval_seconds"));
  }
}
