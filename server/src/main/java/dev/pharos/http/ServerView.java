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
import dev.pharos.view.Mask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A registered server as JSON. Unknown values are null, never absent. */
final class ServerView {
  private ServerView() {}

  /**
   * A whole server.
   *
   * @param spans of the last 30 days, oldest first
   * @param recent its newest looks
   */
  static ObjectNode of(Standing standing, List<Span> spans, Beats recent, Instant now) {
    Server server = standing.server();
    ObjectNode json = Json.object();
    json.put("id", server.id().value());
    json.setAll(ServerDocument.show(server));
    health(json, standing);
    seen(json, standing.seen());
    uptime(json.putObject("uptime"), spans, now);
    recent.write(json.putArray("recent"));
    json.put("managed_by", server.managedBy());
    json.put("created_at", Json.time(server.createdAt()));
    json.put("updated_at", Json.time(server.updatedAt()));
    json.put("version", server.version());
    return json;
  }

  private static void health(ObjectNode json, Standing standing) {
    HealthMemory memory = standing.memory();
    LastSeen seen = standing.seen();
    json.put("health_status", memory.health().wire());
    json.put("health_since", Json.time(memory.since()));
    json.put("last_health_check", Json.time(seen.lastCheckAt()));
    json.put("next_check_at", Json.time(seen.nextCheckAt()));
    json.put("response_time_ms", Json.millis(seen.responseMicros()));
    Mask mask = memory.reason() == null ? null : Mask.of(standing.server().spec().target());
    json.set("reason", Json.reason(memory.reason(), mask));
    json.put("error_count", memory.errorCount());
    json.put("circuit_state", memory.circuit().wire());
    json.put("failure_cycle_count", memory.failureCycles());
    json.put("auto_disabled_at", Json.time(memory.autoDisabledAt()));
    json.put("auto_disabled_reason", memory.autoDisabledReason());
  }

  private static void seen(ObjectNode json, LastSeen seen) {
    Facts facts = seen.facts();
    Counts counts = seen.counts();
    json.put("protocol_version", facts.protocolVersion());
    json.put("transport", facts.transport() == null ? null : facts.transport().wire());
    json.set("server_info", info(facts.serverInfo()));
    json.put("tool_count", Json.known(counts.tools()));
    json.put("prompt_count", Json.known(counts.prompts()));
    json.put("resource_count", Json.known(counts.resources()));
    json.put("resource_template_count", Json.known(counts.resourceTemplates()));
    json.put(
        "certificate_expires_at",
        facts.certificate() == null ? null : Json.time(facts.certificate().notAfter()));
    json.put("token_expires_at", Json.time(facts.tokenExpiresAt()));
  }

  private static @Nullable ObjectNode info(@Nullable ServerInfo info) {
    return info == null
        ? null
        : Json.object()
            .put("name", info.name())
            .put("title", info.title())
            .put("version", info.version());
  }

  private static void uptime(ObjectNode json, List<Span> spans, Instant now) {
    json.put("24h", Uptime.of(spans, now.minus(Duration.ofDays(1)), now).ratio());
    json.put("7d", Uptime.of(spans, now.minus(Duration.ofDays(7)), now).ratio());
    json.put("30d", Uptime.of(spans, now.minus(Duration.ofDays(30)), now).ratio());
  }
}
