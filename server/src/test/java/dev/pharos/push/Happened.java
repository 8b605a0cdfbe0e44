package dev.pharos.push;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import java.time.Instant;
import java.util.List;

/** Canned events. */
final class Happened {
  static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  private Happened() {}

  static FleetEvent changed(String server) {
    return new FleetEvent.ConfigChanged(NOW, server, "updated", List.of("url"), "me");
  }

  static FleetEvent checked(String server, long micros) {
    return new FleetEvent.Checked(NOW, server, Health.HEALTHY, NOW, micros, 3, null);
  }

  static FleetEvent monitor(String message) {
    return new FleetEvent.MonitorChanged(NOW, "live", message);
  }
}
