package dev.pharos.http;

import static dev.pharos.http.Method.GET;
import static dev.pharos.http.Method.POST;

import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Standing;
import dev.pharos.trace.Failure;
import dev.pharos.view.Mask;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The paths of the system that Pharos succeeds; they answer from the same code as the others. */
final class OlderRoutes {
  private static final String TOOLS = "/api/v1/mcp/tools";
  private static final Set<String> WORKS = Set.of(Health.HEALTHY.wire(), Health.DEGRADED.wire());

  private final WebParts parts;
  private final ServerRoutes servers;
  private final CapabilityRoutes capabilities;
  private final CheckRoutes checks;

  OlderRoutes(
      WebParts parts, ServerRoutes servers, CapabilityRoutes capabilities, CheckRoutes checks) {
    this.parts = parts;
    this.servers = servers;
    this.capabilities = capabilities;
    this.checks = checks;
  }

  List<Route> routes() {
    String health = TOOLS + "/health/{mcp_name}";
    return List.of(
        new Route(GET, TOOLS + "/servers", Role.VIEWER, "olderListServers", servers::list),
        new Route(
            GET, TOOLS + "/capabilities", Role.VIEWER, "olderGetCapabilities", this::capabilities),
        new Route(GET, health, Role.VIEWER, "olderGetHealth", this::health),
        new Route(POST, health, Role.OPERATOR, "olderCheckHealth", this::check),
        new Route(POST, TOOLS + "/reload", Role.OPERATOR, "olderReload", checks::refresh));
  }

  private void capabilities(Exchange exchange) {
    Query query = exchange.query("server");
    String name = query.text("server");
    if (name == null) {
      query.wrong("server", "is required: the name of a server");
    }
    query.check();
    if (name != null) {
      capabilities.answer(exchange, name);
    }
  }

  private void health(Exchange exchange) {
    exchange.query().check();
    exchange.json(known(ServerRoutes.find(parts.fleet(), exchange.part("mcp_name"))));
  }

  private static ObjectNode known(Standing standing) {
    Failure reason = standing.memory().reason();
    Mask mask = Mask.of(standing.server().spec().target());
    return view(
        standing.memory().health(),
        standing.seen().counts(),
        standing.seen().responseMicros(),
        standing.seen().lastCheckAt(),
        reason == null ? null : mask.hideKnown(reason.message()),
        standing);
  }

  private void check(Exchange exchange) {
    String name = exchange.part("mcp_name");
    JsonNode result = Json.tree(parts.looks().check(name));
    Standing standing = ServerRoutes.find(parts.fleet(), name);
    String health = result.path("health_status").stringValue("");
    ObjectNode json = Json.object();
    json.put("healthy", WORKS.contains(health));
    json.set("tool_count", result.path("tool_count"));
    json.set("response_time_ms", result.path("response_time_ms"));
    json.set("last_check", result.path("checked_at"));
    json.put("error", result.path("reason").path("message").stringValue(null));
    json.put("circuit_state", standing.memory().circuit().wire());
    exchange.json(json);
  }

  private static ObjectNode view(
      Health health,
      Counts counts,
      @Nullable Long micros,
      @Nullable Instant lastCheck,
      @Nullable String error,
      Standing standing) {
    ObjectNode json = Json.object();
    json.put("healthy", health == Health.HEALTHY || health == Health.DEGRADED);
    json.put("tool_count", Json.known(counts.tools()));
    json.put("response_time_ms", Json.millis(micros));
    json.put("last_check", Json.time(lastCheck));
    json.put("error", error);
    json.put("circuit_state", standing.memory().circuit().wire());
    return json;
  }
}
