package dev.pharos.definition;

import dev.pharos.field.Fields;
import dev.pharos.field.Seconds;
import dev.pharos.fleet.Overrides;
import dev.pharos.fleet.ReuseCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes a server's own settings; their names are those of the fleet's settings. */
final class OverridesText {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final long LONGEST_LOOK_MS = 600_000;
  private static final int MOST = 1000;

  private static final Map<String, ReuseCheck> CHECKS =
      new TreeMap<>(Map.of("tools", ReuseCheck.TOOLS, "ping", ReuseCheck.PING));

  private static final List<String> KNOWN =
      List.of(
          "interval_seconds",
          "adaptive",
          "healthy_interval_seconds",
          "degraded_interval_seconds",
          "unhealthy_interval_seconds",
          "fail_after",
          "recover_after",
          "slow_after_ms",
          "check",
          "failure_threshold",
          "circuit_timeout_seconds",
          "max_failure_cycles",
          "auto_disable_enabled");

  private OverridesText() {}

  static Overrides read(Fields outer) {
    Fields fields = outer.object("overrides", KNOWN);
    return new Overrides(
        fields.seconds("interval_seconds", SHORTEST, LONGEST),
        fields.flag("adaptive"),
        fields.seconds("healthy_interval_seconds", SHORTEST, LONGEST),
        fields.seconds("degraded_interval_seconds", SHORTEST, LONGEST),
        fields.seconds("unhealthy_interval_seconds", SHORTEST, LONGEST),
        fields.count("fail_after", 1, MOST),
        fields.count("recover_after", 1, MOST),
        fields.millis("slow_after_ms", 1, LONGEST_LOOK_MS),
        fields.choice("check", CHECKS),
        fields.count("failure_threshold", 1, MOST),
        fields.seconds("circuit_timeout_seconds", SHORTEST, LONGEST),
        fields.count("max_failure_cycles", 1, MOST),
        fields.flag("auto_disable_enabled"));
  }

  static ObjectNode write(Overrides o) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    seconds(json, "interval_seconds", o.interval());
    flag(json, "adaptive", o.adaptive());
    seconds(json, "healthy_interval_seconds", o.watchedInterval());
    seconds(json, "degraded_interval_seconds", o.degradedInterval());
    seconds(json, "unhealthy_interval_seconds", o.unhealthyInterval());
    count(json, "fail_after", o.failAfter());
    count(json, "recover_after", o.recoverAfter());
    if (o.slowAfter() != null) {
      json.put("slow_after_ms", o.slowAfter().toMillis());
    }
    if (o.check() != null) {
      json.put("check", o.check().wire());
    }
    count(json, "failure_threshold", o.failureThreshold());
    seconds(json, "circuit_timeout_seconds", o.circuitTimeout());
    count(json, "max_failure_cycles", o.maxFailureCycles());
    flag(json, "auto_disable_enabled", o.autoDisable());
    return json;
  }

  private static void seconds(ObjectNode json, String key, @Nullable Duration value) {
    if (value != null) {
      json.set(key, Seconds.json(value));
    }
  }

  private static void count(ObjectNode json, String key, @Nullable Integer value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  private static void flag(ObjectNode json, String key, @Nullable Boolean value) {
    if (value != null) {
      json.put(key, value);
    }
  }
}
