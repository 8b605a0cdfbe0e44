package dev.pharos.event;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.trace.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The public form of events: one JSON object with snake_case fields, the same on a WebSocket, in
 * REST answers and in the journal. Instants are RFC 3339 in UTC, to the microsecond.
 */
public final class EventJson {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private EventJson() {}

  /** The event as it is sent; {@code event_id} is null for feed-only events, which have none. */
  public static String write(StoredEvent stored) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("type", stored.event().type());
    if (stored.id() == 0) {
      json.putNull("event_id");
    } else {
      json.put("event_id", stored.id());
    }
    return fill(json, stored.event()).toString();
  }

  /** The event as the journal keeps it: all but its id, which only the journal gives. */
  public static String write(FleetEvent event) {
    return fill(MAPPER.createObjectNode().put("type", event.type()), event).toString();
  }

  /**
   * Reads what {@code write} wrote, of this version or another: what this one does not know is
   * handed on as it is.
   *
   * @throws IllegalArgumentException when it is no event
   */
  public static FleetEvent read(String json) {
    return EventReader.read(json);
  }

  private static ObjectNode fill(ObjectNode json, FleetEvent event) {
    json.put("timestamp", time(event.at()));
    json.put("mcp_name", event.server());
    json.put("severity", event.severity().wire());
    switch (event) {
      case FleetEvent.StatusChanged it -> statusChanged(json, it);
      case FleetEvent.Checked it -> checked(json, it);
      case FleetEvent.AutoDisabled it -> cycles(json, it.reason(), it.failureCycles());
      case FleetEvent.AutoEnabled it -> cycles(json, it.reason(), it.failureCycles());
      case FleetEvent.CircuitChanged it -> circuitChanged(json, it);
      case FleetEvent.CapabilitiesChanged it -> capabilitiesChanged(json, it);
      case FleetEvent.ConfigChanged it -> configChanged(json, it);
      case FleetEvent.Foreign it -> json.setAll(MAPPER.readTree(it.fields()).asObject());
      case FleetEvent.MonitorChanged it ->
          json.put("state", it.state()).put("message", it.message());
    }
    return json;
  }

  private static void statusChanged(ObjectNode json, FleetEvent.StatusChanged it) {
    json.put("old_status", it.from().wire()).put("new_status", it.to().wire());
    failure(json, "reason", it.reason());
    json.put("tool_count", it.toolCount());
    json.put("response_time_ms", millis(it.responseMicros()));
    json.put("error_count", it.errorCount());
  }

  private static void checked(ObjectNode json, FleetEvent.Checked it) {
    json.put("health_status", it.health().wire());
    json.put("last_health_check", time(it.at()));
    json.put("next_check_at", time(it.nextCheckAt()));
    json.put("response_time_ms", millis(it.responseMicros()));
    json.put("tool_count", it.toolCount());
    failure(json, "error", it.error());
  }

  private static void cycles(ObjectNode json, String reason, int cycles) {
    json.put("reason", reason).put("failure_cycles", cycles);
  }

  private static void circuitChanged(ObjectNode json, FleetEvent.CircuitChanged it) {
    json.put("old_state", it.from().wire())
        .put("new_state", it.to().wire())
        .put("failure_count", it.failureCount())
        .put("threshold", it.threshold())
        .put("failure_cycles", it.failureCycles())
        .put("message", it.message());
  }

  private static void capabilitiesChanged(ObjectNode json, FleetEvent.CapabilitiesChanged it) {
    names(json.putObject("added"), it.added());
    names(json.putObject("removed"), it.removed());
    names(json.putObject("changed"), it.changed());
    json.put("snapshot", it.snapshot());
  }

  private static void configChanged(ObjectNode json, FleetEvent.ConfigChanged it) {
    json.put("change", it.change());
    ArrayNode fields = json.putArray("fields");
    it.fields().forEach(fields::add);
    json.put("actor", it.actor());
  }

  private static void names(ObjectNode json, Map<String, List<String>> byKind) {
    byKind.forEach((kind, names) -> names.forEach(json.withArray(kind)::add));
  }

  /** The sentence under the given name, with the stage and the kind beside it. */
  private static void failure(ObjectNode json, String name, @Nullable Failure failure) {
    json.put(name, failure == null ? null : failure.message());
    json.put("stage", failure == null ? null : failure.stage().wire());
    json.put("kind", failure == null ? null : failure.kind().wire());
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS).toString();
  }

  private static @Nullable Double millis(@Nullable Long micros) {
    return micros == null ? null : micros / 1_000.0;
  }
}
