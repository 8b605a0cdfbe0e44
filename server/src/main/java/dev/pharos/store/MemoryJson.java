package dev.pharos.store;

import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A health memory, whole, as the column {@code health_memory}. Written by every look, so without a
 * tree in between; what is null, zero or false is left out.
 */
final class MemoryJson {
  private MemoryJson() {}

  static String write(HealthMemory it) {
    StringWriter text = new StringWriter(320);
    try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringProperty("health", it.health().wire());
      instant(json, "since", it.since());
      instant(json, "span_since", it.spanSince());
      reason(json, it.reason());
      number(json, "failures", it.failuresInRow());
      instant(json, "first_failure_at", it.firstFailureAt());
      number(json, "successes", it.successesInRow());
      instant(json, "first_success_at", it.firstSuccessAt());
      number(json, "pace_us", Moments.micros(it.pace()));
      json.writeStringProperty("circuit", it.circuit().wire());
      instant(json, "circuit_since", it.circuitSince());
      number(json, "failure_cycles", it.failureCycles());
      instant(json, "auto_disabled_at", it.autoDisabledAt());
      string(json, "auto_disabled_reason", it.autoDisabledReason());
      instant(json, "last_look_at", it.lastLookAt());
      number(json, "errors", it.errorCount());
      flag(json, "active", it.active());
      flag(json, "maintenance", it.maintenance());
      flag(json, "blind", it.blind());
      json.writeEndObject();
    }
    return text.toString();
  }

  static HealthMemory read(String text) {
    JsonNode json = Json.parse(text);
    return new HealthMemory(
        Names.of(Health.class, Json.required(json, "health")),
        Objects.requireNonNull(Json.instant(json, "since")),
        Objects.requireNonNull(Json.instant(json, "span_since")),
        reason(json.path("reason")),
        json.path("failures").asInt(0),
        Json.instant(json, "first_failure_at"),
        json.path("successes").asInt(0),
        Json.instant(json, "first_success_at"),
        Objects.requireNonNullElse(Json.duration(json, "pace_us"), Duration.ZERO),
        Names.of(CircuitState.class, Json.required(json, "circuit")),
        Objects.requireNonNull(Json.instant(json, "circuit_since")),
        json.path("failure_cycles").asInt(0),
        Json.instant(json, "auto_disabled_at"),
        Json.string(json, "auto_disabled_reason"),
        Json.instant(json, "last_look_at"),
        json.path("errors").asLong(0),
        json.path("active").asBoolean(false),
        json.path("maintenance").asBoolean(false),
        json.path("blind").asBoolean(false));
  }

  private static void reason(JsonGenerator json, @Nullable Failure reason) {
    if (reason != null) {
      json.writeObjectPropertyStart("reason");
      json.writeStringProperty("stage", reason.stage().wire());
      json.writeStringProperty("kind", reason.kind().wire());
      json.writeStringProperty("message", reason.message());
      json.writeEndObject();
    }
  }

  private static @Nullable Failure reason(JsonNode json) {
    return json.isObject()
        ? new Failure(
            Names.of(Stage.class, Json.required(json, "stage")),
            Names.of(FailureKind.class, Json.required(json, "kind")),
            Json.required(json, "message"))
        : null;
  }

  private static void instant(JsonGenerator json, String name, @Nullable Instant at) {
    if (at != null) {
      json.writeNumberProperty(name, Moments.micros(at));
    }
  }

  private static void number(JsonGenerator json, String name, long value) {
    if (value != 0) {
      json.writeNumberProperty(name, value);
    }
  }

  private static void string(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static void flag(JsonGenerator json, String name, boolean value) {
    if (value) {
      json.writeBooleanProperty(name, true);
    }
  }
}
