package dev.pharos.http;

import static dev.pharos.http.Method.GET;
import static dev.pharos.http.Method.POST;
import static dev.pharos.http.Method.PUT;

import dev.pharos.definition.FleetFile;
import dev.pharos.fleet.AdminStatus;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Standing;
import dev.pharos.registry.ImportPlan;
import dev.pharos.settings.RuntimeSettings;
import dev.pharos.view.Mask;
import java.io.IOException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The monitor itself: summary, settings, definitions in and out, its own health and metrics. */
final class MonitorRoutes {
  private static final Set<String> IMPORTS =
      Set.of(
          "application/json",
          "application/yaml",
          "application/x-yaml",
          "text/yaml",
          "application/octet-stream");

  private final WebParts parts;
  private final WebSettings settings;

  MonitorRoutes(WebParts parts, WebSettings settings) {
    this.parts = parts;
    this.settings = settings;
  }

  List<Route> routes() {
    String config = "/api/v1/config/{key}";
    return List.of(
        new Route(GET, "/api/v1/summary", Role.VIEWER, "getSummary", this::summary),
        new Route(GET, "/api/v1/nodes", Role.VIEWER, "listNodes", this::nodes),
        new Route(GET, "/api/v1/config", Role.VIEWER, "listConfig", this::configs),
        new Route(GET, config, Role.VIEWER, "getConfig", this::config),
        new Route(PUT, config, Role.ADMINISTRATOR, "changeConfig", this::change),
        new Route(POST, "/api/v1/import", Role.ADMINISTRATOR, "importServers", this::take),
        new Route(GET, "/api/v1/export", Role.ADMINISTRATOR, "exportServers", this::give),
        new Route(GET, "/health/live", Role.ANYONE, "isLive", this::live),
        new Route(GET, "/health/ready", Role.ANYONE, "isReady", this::ready),
        new Route(GET, "/metrics", Role.VIEWER, "getMetrics", this::metrics));
  }

  private void summary(Exchange exchange) {
    exchange.query().check();
    List<Standing> all = parts.fleet().all();
    MonitorView.State state = parts.monitor().state();
    ObjectNode answer = Json.object();
    answer.put("total", all.size());
    counts(answer, all);
    answer.set("oldest_outage", outage(all));
    answer.put("live", state.state().equals("live"));
    answer.put("state", state.state());
    answer.put("state_since", Json.time(state.since()));
    answer.put("message", state.message());
    answer.put("lateness_ms", state.lateness().toNanos() / 1e6);
    answer.put("now", Json.time(exchange.now()));
    exchange.json(answer);
  }

  private void nodes(Exchange exchange) {
    exchange.query().check();
    ObjectNode answer = Json.object();
    answer.set("nodes", Json.list(parts.monitor().nodes().stream().map(MonitorRoutes::node)));
    exchange.json(answer);
  }

  private static ObjectNode node(MonitorView.NodeState node) {
    return Json.object()
        .put("id", node.id())
        .put("name", node.name())
        .put("version", node.version())
        .put("started_at", Json.time(node.startedAt()))
        .put("server_count", node.servers())
        .put("seconds_since_seen", node.sinceSeen().toMillis() / 1e3)
        .put("live", node.live())
        .put("here", node.here());
  }

  /** Inactive servers and those in maintenance have no part in the counts by health. */
  private static void counts(ObjectNode answer, List<Standing> all) {
    Map<Health, Integer> byHealth = new EnumMap<>(Health.class);
    int inactive = 0;
    int maintenance = 0;
    for (Standing each : all) {
      if (each.server().status() == AdminStatus.INACTIVE) {
        inactive++;
      } else if (each.server().maintenance()) {
        maintenance++;
      } else {
        byHealth.merge(each.memory().health(), 1, Integer::sum);
      }
    }
    ObjectNode counts = answer.putObject("counts");
    for (Health health : Health.values()) {
      counts.put(health.wire(), byHealth.getOrDefault(health, 0));
    }
    counts.put("inactive", inactive);
    counts.put("maintenance", maintenance);
  }

  private static @Nullable ObjectNode outage(List<Standing> all) {
    return all.stream()
        .filter(each -> each.server().status() == AdminStatus.ACTIVE)
        .filter(each -> !each.server().maintenance())
        .filter(each -> each.memory().health() == Health.UNHEALTHY)
        .min(Comparator.comparing((Standing each) -> each.memory().since()))
        .map(MonitorRoutes::outage)
        .orElse(null);
  }

  private static ObjectNode outage(Standing standing) {
    ObjectNode json = Json.object();
    json.put("name", standing.server().spec().name());
    json.put("since", Json.time(standing.memory().since()));
    Mask mask = Mask.of(standing.server().spec().target());
    json.set("reason", Json.reason(standing.memory().reason(), mask));
    return json;
  }

  private void configs(Exchange exchange) {
    exchange.query().check();
    ObjectNode answer = Json.object();
    answer.set("groups", Json.list(RuntimeSettings.keys().stream().map(this::group)));
    exchange.json(answer);
  }

  private ObjectNode group(String key) {
    ObjectNode json = Json.object().put("key", key);
    json.set("values", parts.settings().get(key).orElseThrow(MonitorRoutes::noGroup));
    json.set("fixed", Json.words(parts.settings().fixed(key).stream().sorted().toList()));
    return json;
  }

  private void config(Exchange exchange) {
    exchange.query().check();
    exchange.json(parts.settings().get(exchange.part("key")).orElseThrow(MonitorRoutes::noGroup));
  }

  private void change(Exchange exchange) throws IOException {
    String key = exchange.part("key");
    if (!RuntimeSettings.keys().contains(key)) {
      throw noGroup();
    }
    exchange.json(parts.settings().put(key, exchange.object(), exchange.actor()));
  }

  private static NotThere noGroup() {
    return new NotThere(
        "there is no such group of settings; there are "
            + String.join(", ", RuntimeSettings.keys()));
  }

  private void take(Exchange exchange) throws IOException {
    Query query = exchange.query("dry_run", "merge");
    boolean dryRun = query.flag("dry_run");
    boolean merge = query.flag("merge");
    query.check();
    if (!IMPORTS.contains(exchange.mediaType())) {
      throw new ProblemDetails(
              415,
              "unsupported_media_type",
              "send the file as application/json or application/yaml")
          .thrown();
    }
    FleetFile read = FleetFile.parseForeign(exchange.text(settings.maxImportBytes()));
    FleetFile file = merge ? read.merging() : read;
    ImportPlan plan =
        dryRun
            ? parts.registry().plan(file)
            : parts.registry().apply(file, false, exchange.actor());
    exchange.json(view(plan).put("dry_run", dryRun));
  }

  private static ObjectNode view(ImportPlan plan) {
    ObjectNode json = Json.object();
    json.set("added", Json.words(plan.added()));
    json.set(
        "changed",
        Json.list(
            plan.changed().stream()
                .map(each -> {
                  ObjectNode change = Json.object().put("name", each.name());
                  change.set("fields", Json.words(each.fields()));
                  return change;
                })));
    json.set("unchanged", Json.words(plan.unchanged()));
    json.set("left_out", ProblemDetails.list(plan.leftOut()));
    json.set("problems", ProblemDetails.list(plan.problems()));
    return json;
  }

  private void give(Exchange exchange) {
    exchange.query().check();
    exchange
        .set("Content-Disposition", "attachment; filename=\"pharos.yaml\"")
        .text("application/yaml; charset=utf-8", parts.registry().export());
  }

  private void live(Exchange exchange) {
    exchange.json(Json.object().put("status", "live"));
  }

  private void ready(Exchange exchange) {
    Map<String, String> checks = parts.monitor().readiness();
    boolean ready = checks.values().stream().allMatch("ok"::equals);
    ObjectNode answer = Json.object().put("status", ready ? "ready" : "not_ready");
    checks.forEach(answer.putObject("checks")::put);
    exchange.json(ready ? 200 : 503, answer);
  }

  private void metrics(Exchange exchange) {
    exchange.text("text/plain; version=0.0.4; charset=utf-8", parts.metrics().get());
  }
}
