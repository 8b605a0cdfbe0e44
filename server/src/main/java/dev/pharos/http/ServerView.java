package dev.pharos.http;

import dev.pharos.definition.ServerDocument;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerInfo;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.Standing;
import dev.pharos.history.Uptime;
import dev.pharos.trace.Failure;
import dev.pharos.view.Mask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes registered servers as JSON. Unknown values are null, never absent. Without a tree in
 * between: a page of a fleet has a hundred thousand values.
 *
 * @param now until when uptimes count
 */
record ServerView(JsonGenerator json, Instant now) {
  /**
   * A whole server.
   *
   * @param spans of the last 30 days, oldest first
   * @param recent its newest looks
   */
  void write(Standing standing, List<Span> spans, Beats recent) {
    Server server = standing.server();
    json.writeStartObject();
    json.writeNumberProperty("id", server.id().value());
    Json.properties(json, ServerDocument.show(server));
    health(standing);
    seen(standing.seen());
    uptime(spans);
    json.writeName("recent");
    recent.write(json);
    json.writeStringProperty("managed_by", server.managedBy());
    time("created_at", server.createdAt());
    time("updated_at", server.updatedAt());
    json.writeNumberProperty("version", server.version());
    json.writeEndObject();
  }

  private void health(Standing standing) {
    HealthMemory memory = standing.memory();
    LastSeen seen = standing.seen();
    json.writeStringProperty("health_status", memory.health().wire());
    time("health_since", memory.since());
    time("last_health_check", seen.lastCheckAt());
    time("next_check_at", seen.nextCheckAt());
    number("response_time_ms", Json.millis(seen.responseMicros()));
    reason(memory.reason(), standing.server());
    json.writeNumberProperty("error_count", memory.errorCount());
    json.writeStringProperty("circuit_state", memory.circuit().wire());
    json.writeNumberProperty("failure_cycle_count", memory.failureCycles());
    time("auto_disabled_at", memory.autoDisabledAt());
    json.writeStringProperty("auto_disabled_reason", memory.autoDisabledReason());
  }

  private void reason(@Nullable Failure reason, Server server) {
    if (reason == null) {
      json.writeNullProperty("reason");
      return;
    }
    Mask mask = Mask.of(server.spec().target());
    json.writeObjectPropertyStart("reason");
    json.writeStringProperty("stage", reason.stage().wire());
    json.writeStringProperty("kind", reason.kind().wire());
    json.writeStringProperty("message", mask.hideKnown(reason.message()));
    json.writeEndObject();
  }

  private void seen(LastSeen seen) {
    Facts facts = seen.facts();
    Counts counts = seen.counts();
    json.writeStringProperty("protocol_version", facts.protocolVersion());
    json.writeStringProperty(
        "transport", facts.transport() == null ? null : facts.transport().wire());
    info(facts.serverInfo());
    count("tool_count", counts.tools());
    count("prompt_count", counts.prompts());
    count("resource_count", counts.resources());
    count("resource_template_count", counts.resourceTemplates());
    time(
        "certificate_expires_at",
        facts.certificate() == null ? null : facts.certificate().notAfter());
    time("token_expires_at", facts.tokenExpiresAt());
  }

  private void info(@Nullable ServerInfo info) {
    if (info == null) {
      json.writeNullProperty("server_info");
      return;
    }
    json.writeObjectPropertyStart("server_info");
    json.writeStringProperty("name", info.name());
    json.writeStringProperty("title", info.title());
    json.writeStringProperty("version", info.version());
    json.writeEndObject();
  }

  private void uptime(List<Span> spans) {
    json.writeObjectPropertyStart("uptime");
    number("24h", Uptime.ratio(spans, now.minus(Duration.ofDays(1)), now));
    number("7d", Uptime.ratio(spans, now.minus(Duration.ofDays(7)), now));
    number("30d", Uptime.ratio(spans, now.minus(Duration.ofDays(30)), now));
    json.writeEndObject();
  }

  private void time(String name, @Nullable Instant at) {
    json.writeStringProperty(name, Json.time(at));
  }

  private void count(String name, int count) {
    if (count < 0) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, count);
    }
  }

  private void number(String name, @Nullable Double value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value.doubleValue());
    }
  }
}
