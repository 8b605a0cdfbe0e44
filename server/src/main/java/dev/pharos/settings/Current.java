package dev.pharos.settings;

import dev.pharos.health.HealthSettings;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** All settings as they are at one moment. Immutable. */
public record Current(
    HealthSettings health, Rhythm rhythm, Retention retention, Limits limits, Blindness blindness) {
  static Current of(Map<Group, ObjectNode> groups) {
    Values health = values(groups, Group.HEALTH_CHECK);
    Values retention = values(groups, Group.RETENTION);
    Values limits = values(groups, Group.LIMITS);
    Values blindness = values(groups, Group.BLINDNESS);
    return new Current(
        Values.health(health, values(groups, Group.CIRCUIT_BREAKER)),
        new Rhythm(
            health.seconds("fresh_handshake_seconds"),
            health.seconds("knock_seconds"),
            values(groups, Group.CAPABILITIES).seconds("cache_ttl_seconds")),
        new Retention(
            retention.days("log_days"),
            retention.days("rollup_5m_days"),
            retention.days("rollup_1h_days"),
            retention.days("event_days")),
        new Limits(
            limits.count("max_in_flight"),
            limits.count("max_per_host"),
            limits.count("max_processes"),
            limits.count("max_held_streams")),
        new Blindness(blindness.seconds("window_seconds"), blindness.textOrNull("sentinel")));
  }

  private static Values values(Map<Group, ObjectNode> groups, Group group) {
    return new Values(groups.getOrDefault(group, group.defaults()));
  }
}
