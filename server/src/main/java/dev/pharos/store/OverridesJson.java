package dev.pharos.store;

import dev.pharos.fleet.Overrides;
import dev.pharos.fleet.ReuseCheck;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server's own settings as the column {@code overrides}; durations in microseconds. */
final class OverridesJson {
  private OverridesJson() {}

  static String write(Overrides it) {
    ObjectNode json = Json.object();
    Json.put(json, "interval_us", it.interval());
    Json.put(json, "adaptive", it.adaptive());
    Json.put(json, "watched_interval_us", it.watchedInterval());
    Json.put(json, "degraded_interval_us", it.degradedInterval());
    Json.put(json, "unhealthy_interval_us", it.unhealthyInterval());
    Json.put(json, "fail_after", it.failAfter());
    Json.put(json, "recover_after", it.recoverAfter());
    Json.put(json, "slow_after_us", it.slowAfter());
    Json.put(json, "check", it.check() == null ? null : it.check().wire());
    Json.put(json, "failure_threshold", it.failureThreshold());
    Json.put(json, "circuit_timeout_us", it.circuitTimeout());
    Json.put(json, "max_failure_cycles", it.maxFailureCycles());
    Json.put(json, "auto_disable", it.autoDisable());
    return json.toString();
  }

  static Overrides read(String text) {
    JsonNode json = Json.parse(text);
    return new Overrides(
        Json.duration(json, "interval_us"),
        Json.bool(json, "adaptive"),
        Json.duration(json, "watched_interval_us"),
        Json.duration(json, "degraded_interval_us"),
        Json.duration(json, "unhealthy_interval_us"),
        Json.integer(json, "fail_after"),
        Json.integer(json, "recover_after"),
        Json.duration(json, "slow_after_us"),
        Names.ofOrNull(ReuseCheck.class, Json.string(json, "check")),
        Json.integer(json, "failure_threshold"),
        Json.duration(json, "circuit_timeout_us"),
        Json.integer(json, "max_failure_cycles"),
        Json.bool(json, "auto_disable"));
  }
}
