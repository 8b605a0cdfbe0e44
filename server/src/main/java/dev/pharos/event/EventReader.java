package dev.pharos.event;

import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Severity;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an event back from its public form. */
final class EventReader {
  private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

  /** Types that the log was told of, each once. */
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private static final int MOST_TOLD = 100;

  private final JsonNode json;

  private EventReader(JsonNode json) {
    this.json = json;
  }

  static FleetEvent read(String text) {
    try {
      EventReader reader = new EventReader(EventJson.MAPPER.readTree(text));
      FleetEvent foreign = reader.foreign();
      try {
        FleetEvent ours = reader.event();
        return ours == null ? told(foreign) : ours;
      } catch (RuntimeException e) {
        // A word of ours that has come to mean more.
        return told(foreign);
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not an event", e);
    }
  }

  /** Nodes of several versions share a journal while they are replaced: nobody must stop at it. */
  private FleetEvent foreign() {
    String severity = stringOrNull("severity");
    Severity known =
        Arrays.stream(Severity.values())
            .filter(each -> each.wire().equals(severity))
            .findFirst()
            .orElse(Severity.INFO);
    ObjectNode fields = json.deepCopy().asObject();
    fields.remove(List.of("type", "event_id"));
    return new FleetEvent.Foreign(
        instant("timestamp"), stringOrNull("mcp_name"), known, string("type"), fields.toString());
  }

  private static FleetEvent told(FleetEvent foreign) {
    if (TOLD.size() < MOST_TOLD && TOLD.add(foreign.type())) {
      LOG.atInfo()
          .addKeyValue("type", foreign.type())
          .log("Another version of Pharos writes events that this one hands on without reading");
    }
    return foreign;
  }

  /** Null when the type is none of ours. */
  private @Nullable FleetEvent event() {
    Instant at = instant("timestamp");
    String type = string("type");
    return switch (type) {
      case "mcp_status_change" -> statusChanged(at);
      case "mcp_health_check" -> checked(at);
      case "mcp_auto_disabled" ->
          new FleetEvent.AutoDisabled(
              at, string("mcp_name"), string("reason"), number("failure_cycles"));
      case "mcp_auto_enabled" ->
          new FleetEvent.AutoEnabled(
              at, string("mcp_name"), string("reason"), number("failure_cycles"));
      case "circuit_breaker_state" -> circuitChanged(at);
      case "mcp_capabilities_changed" ->
          new FleetEvent.CapabilitiesChanged(
              at,
              string("mcp_name"),
              names("added"),
              names("removed"),
              names("changed"),
              string("snapshot"));
      case "mcp_config_change" ->
          new FleetEvent.ConfigChanged(
              at,
              stringOrNull("mcp_name"),
              string("change"),
              strings(json.path("fields")),
              string("actor"));
      case "monitor_state" -> new FleetEvent.MonitorChanged(at, string("state"), string("message"));
      default -> null;
    };
  }

  private FleetEvent statusChanged(Instant at) {
    return new FleetEvent.StatusChanged(
        at,
        string("mcp_name"),
        name(Health.class, "old_status"),
        name(Health.class, "new_status"),
        failure("reason"),
        numberOrNull("tool_count"),
        microsOrNull("response_time_ms"),
        json.required("error_count").longValue());
  }

  private FleetEvent checked(Instant at) {
    return new FleetEvent.Checked(
        at,
        string("mcp_name"),
        name(Health.class, "health_status"),
        instant("next_check_at"),
        microsOrNull("response_time_ms"),
        numberOrNull("tool_count"),
        failure("error"));
  }

  private FleetEvent circuitChanged(Instant at) {
    return new FleetEvent.CircuitChanged(
        at,
        string("mcp_name"),
        name(CircuitState.class, "old_state"),
        name(CircuitState.class, "new_state"),
        number("failure_count"),
        number("threshold"),
        number("failure_cycles"),
        string("message"));
  }

  private @Nullable Failure failure(String message) {
    return stringOrNull("kind") == null
        ? null
        : new Failure(name(Stage.class, "stage"), name(FailureKind.class, "kind"), string(message));
  }

  private Map<String, List<String>> names(String field) {
    Map<String, List<String>> byKind = new LinkedHashMap<>();
    json.path(field).properties().forEach(e -> byKind.put(e.getKey(), strings(e.getValue())));
    return byKind;
  }

  private static List<String> strings(JsonNode array) {
    List<String> found = new ArrayList<>();
    array.forEach(each -> found.add(each.stringValue()));
    return found;
  }

  /** Public names are the constants' own in lower case. */
  private <E extends Enum<E>> E name(Class<E> type, String field) {
    return Enum.valueOf(type, string(field).toUpperCase(Locale.ROOT));
  }

  private Instant instant(String field) {
    return Instant.parse(string(field));
  }

  private String string(String field) {
    return json.required(field).stringValue();
  }

  private @Nullable String stringOrNull(String field) {
    JsonNode value = json.path(field);
    return value.isString() ? value.stringValue() : null;
  }

  private int number(String field) {
    return json.required(field).intValue();
  }

  private @Nullable Integer numberOrNull(String field) {
    JsonNode value = json.path(field);
    return value.isNumber() ? value.intValue() : null;
  }

  private @Nullable Long microsOrNull(String field) {
    JsonNode value = json.path(field);
    return value.isNumber() ? Math.round(value.doubleValue() * 1_000) : null;
  }
}
