package dev.pharos.http;

import static dev.pharos.http.Method.DELETE;
import static dev.pharos.http.Method.GET;
import static dev.pharos.http.Method.POST;
import static dev.pharos.http.ServerRoutes.SERVERS;

import dev.pharos.definition.ServerDocument;
import dev.pharos.field.Problem;
import dev.pharos.fleet.Standing;
import dev.pharos.http.Looks.Called;
import dev.pharos.http.Looks.Looked;
import dev.pharos.http.Looks.Refresh;
import dev.pharos.trace.StageTime;
import dev.pharos.view.Mask;
import dev.pharos.view.ResultView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Looks that people ask for, and tools that they run. */
final class CheckRoutes {
  private final WebParts parts;

  CheckRoutes(WebParts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        new Route(POST, SERVERS + "/check", Role.OPERATOR, "checkAllServers", this::refresh),
        new Route(GET, SERVERS + "/check/{id}", Role.VIEWER, "getRefresh", this::progress),
        new Route(DELETE, SERVERS + "/check/{id}", Role.OPERATOR, "stopRefresh", this::stop),
        new Route(POST, SERVERS + "/discover", Role.OPERATOR, "discoverServer", this::discover),
        new Route(POST, SERVERS + "/{name}/check", Role.OPERATOR, "checkServer", this::check),
        new Route(
            GET, SERVERS + "/{name}/check/stages", Role.VIEWER, "getCheckStages", this::stages),
        new Route(
            POST, SERVERS + "/{name}/tools/{tool}/call", Role.OPERATOR, "callTool", this::call));
  }

  private void check(Exchange exchange) {
    exchange.json(Json.tree(parts.looks().check(exchange.part("name"))));
  }

  /** For a page that shows a check as it happens: asked again and again while it runs. */
  private void stages(Exchange exchange) {
    ObjectNode json = Json.object();
    ArrayNode stages = json.putArray("stages");
    for (StageTime each : parts.looks().progress(exchange.part("name"))) {
      stages.addObject().put("stage", each.stage().wire()).put("us", each.micros());
    }
    exchange.json(json);
  }

  private void discover(Exchange exchange) throws IOException {
    ServerDocument document = ServerDocument.of(exchange.object());
    Looked looked = parts.looks().look(parts.registry().draft(document));
    exchange.json(ResultView.of(looked.target(), looked.outcome()));
  }

  void refresh(Exchange exchange) {
    Refresh refresh = parts.looks().refresh();
    exchange.set("Location", SERVERS + "/check/" + refresh.id()).json(202, view(refresh));
  }

  private void progress(Exchange exchange) {
    exchange.json(view(parts.looks().refresh(exchange.part("id")).orElseThrow(CheckRoutes::gone)));
  }

  private void stop(Exchange exchange) {
    exchange.json(
        view(parts.looks().stopRefresh(exchange.part("id")).orElseThrow(CheckRoutes::gone)));
  }

  private static NotThere gone() {
    return new NotThere("no refresh of that id is known");
  }

  private static ObjectNode view(Refresh refresh) {
    return Json.object()
        .put("id", refresh.id())
        .put("total", refresh.total())
        .put("done", refresh.done())
        .put("state", refresh.state())
        .put("started_at", Json.time(refresh.startedAt()));
  }

  private void call(Exchange exchange) throws IOException {
    Standing standing = ServerRoutes.find(parts.fleet(), exchange.part("name"));
    String arguments = arguments(exchange.objectOrNothing());
    Called called =
        parts
            .looks()
            .call(exchange.part("name"), exchange.part("tool"), arguments, exchange.actor());
    Mask mask = Mask.of(standing.server().spec().target());
    ObjectNode json = Json.object();
    json.put("is_error", called.isError());
    String result = called.resultJson();
    json.set("result", Json.parsed(result == null ? null : mask.hideKnown(result)));
    json.put("response_time_ms", called.tookMicros() / 1_000.0);
    json.set("reason", Json.reason(called.failure(), mask));
    exchange.json(json);
  }

  private static String arguments(ObjectNode body) {
    List<Problem> errors = new ArrayList<>();
    for (String name : body.propertyNames()) {
      if (!name.equals("arguments")) {
        errors.add(new Problem(name, "unknown; known is arguments"));
      }
    }
    JsonNode arguments = body.path("arguments");
    if (!arguments.isObject() && !arguments.isMissingNode()) {
      errors.add(new Problem("arguments", "must be an object"));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return arguments.isObject() ? arguments.toString() : "{}";
  }
}
